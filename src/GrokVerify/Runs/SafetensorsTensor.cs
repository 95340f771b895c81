using System.Buffers.Binary;

namespace GrokVerify.Runs;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its key in the header.</param>
/// <param name="DType">F64, F32, F16, BF16, I64, I32, U8 or BOOL.</param>
/// <param name="Shape">Row-major; empty for a scalar.</param>
/// <param name="Begin">Its first byte, from the start of the data section.</param>
/// <param name="End">One past its last byte.</param>
public sealed record SafetensorsTensor(string Name, string DType, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Bytes of one element; null for a type that is not read here.</summary>
    internal static int? ElementSize(string type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" => 2,
        "U8" or "BOOL" => 1,
        _ => null,
    };

    internal static double DecodeElement(string type, ReadOnlySpan<byte> raw) => type switch
    {
        "F64" => BinaryPrimitives.ReadDoubleLittleEndian(raw),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(raw),
        "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(raw),
        "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(raw) << 16),
        "I64" => BinaryPrimitives.ReadInt64LittleEndian(raw),
        "I32" => BinaryPrimitives.ReadInt32LittleEndian(raw),
        "BOOL" => raw[0] == 0 ? 0 : 1,
        _ => raw[0],
    };
}

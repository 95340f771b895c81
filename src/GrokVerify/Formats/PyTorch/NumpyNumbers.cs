using System.Buffers.Binary;
using System.Text;

namespace GrokVerify.Formats.PyTorch;

/// <summary>The numbers of NumPy's scalars and arrays, which a pickle has as calls of NumPy's functions with a type and bytes.</summary>
/// <remarks>Source: NumPy, ndarray.__reduce__, generic.__reduce__ and dtype.__reduce__.</remarks>
internal static class NumpyNumbers
{
    /// <summary>numpy.core.multiarray.scalar(dtype, bytes): null for anything else.</summary>
    public static double? Scalar(PickleObject value) =>
        IsOf(value, "multiarray.scalar") && value.Arguments.Items is [PickleObject type, var raw] && Bytes(raw) is byte[] bytes && Decode(type, bytes, most: 1) is [double number] ? number : null;

    /// <summary>An array, row-major: null for anything else, and for more elements than that.</summary>
    public static double[]? Array(PickleObject value, int most) => value switch
    {
        // numpy.core.multiarray._reconstruct(ndarray, (0,), b"b"), and then the state (version, shape, dtype, is Fortran's order, bytes).
        { State: PickleTuple { Items: [_, PickleTuple shape, PickleObject type, bool isFortran, var raw] } } when IsOf(value, "multiarray._reconstruct") && (!isFortran || shape.Items.Length < 2) && Bytes(raw) is byte[] bytes =>
            Decode(type, bytes, most),

        // numpy.core.numeric._frombuffer(bytes, dtype, shape, order), from protocol 5 on.
        { Arguments.Items: [var raw, PickleObject type, PickleTuple shape, var order] } when IsOf(value, "numeric._frombuffer") && (order is "C" || shape.Items.Length < 2) && Bytes(raw) is byte[] bytes =>
            Decode(type, bytes, most),
        _ => null,
    };

    /// <summary>NumPy 2 has moved its modules from core to _core.</summary>
    private static bool IsOf(PickleObject value, string name) => value.Name == $"numpy.core.{name}" || value.Name == $"numpy._core.{name}";

    /// <summary>Bytes; protocol 2 has them as _codecs.encode(text, "latin1").</summary>
    private static byte[]? Bytes(object? raw) => raw switch
    {
        PickleBuffer buffer => buffer.Bytes.ToArray(),
        PickleObject { Name: "_codecs.encode", Arguments.Items: [string text, "latin1"] } => Encoding.Latin1.GetBytes(text),
        _ => null,
    };

    private static double[]? Decode(PickleObject type, byte[] bytes, int most)
    {
        if (type is not { Name: "numpy.dtype", Arguments.Items: [string code, ..] } || Size(code) is not int size || bytes.Length % size != 0 || bytes.Length / size > most)
        {
            return null;
        }

        if (type.State is PickleTuple { Items: [_, ">", ..] })
        {
            for (int i = 0; i < bytes.Length; i += size)
            {
                bytes.AsSpan(i, size).Reverse();
            }
        }

        double[] numbers = new double[bytes.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(code, bytes.AsSpan(i * size, size));
        }

        return numbers;
    }

    private static int? Size(string code) => code switch
    {
        "f8" or "i8" or "u8" => 8,
        "f4" or "i4" or "u4" => 4,
        "f2" or "i2" or "u2" => 2,
        "i1" or "u1" or "b1" => 1,
        _ => null,
    };

    private static double Number(string code, ReadOnlySpan<byte> raw) => code switch
    {
        "f8" => BinaryPrimitives.ReadDoubleLittleEndian(raw),
        "f4" => BinaryPrimitives.ReadSingleLittleEndian(raw),
        "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(raw),
        "i8" => BinaryPrimitives.ReadInt64LittleEndian(raw),
        "u8" => BinaryPrimitives.ReadUInt64LittleEndian(raw),
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(raw),
        "u4" => BinaryPrimitives.ReadUInt32LittleEndian(raw),
        "i2" => BinaryPrimitives.ReadInt16LittleEndian(raw),
        "u2" => BinaryPrimitives.ReadUInt16LittleEndian(raw),
        "i1" => (sbyte)raw[0],
        _ => raw[0],
    };
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GrokVerify.Formats;

/// <summary>What the elements of a stored tensor are; all little-endian.</summary>
internal enum ElementType
{
    Float64,
    Float32,

    /// <summary>IEEE binary16, PyTorch's half.</summary>
    Float16,

    /// <summary>The upper 16 bits of a float32.</summary>
    BFloat16,

    /// <summary>Sign, 4 exponent bits of bias 7, 3 mantissa bits; no infinities, NaN is all ones (arXiv 2209.05433).</summary>
    Float8E4M3,

    /// <summary>The upper 8 bits of a binary16.</summary>
    Float8E5M2,

    /// <summary>A power of two from 2^-127 to 2^127; 255 is NaN (OCP Microscaling Formats, version 1.0).</summary>
    Float8E8M0,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt64,
    UInt32,
    UInt16,
    UInt8,

    /// <summary>One byte, 0 for false.</summary>
    Bool,
}

/// <summary>Sizes of the element types, and the numbers that their bytes stand for.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>The first element of some bytes; 64-bit integers beyond 2^53 are rounded.</summary>
    public static double Decode(this ElementType type, ReadOnlySpan<byte> raw) => type switch
    {
        ElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(raw),
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(raw),
        ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(raw),
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(raw) << 16),
        ElementType.Float8E4M3 => DecodeE4M3(raw[0]),
        ElementType.Float8E5M2 => (double)BitConverter.UInt16BitsToHalf((ushort)(raw[0] << 8)),
        ElementType.Float8E8M0 => raw[0] == 255 ? double.NaN : Math.ScaleB(1, raw[0] - 127),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(raw),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(raw),
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(raw),
        ElementType.Int8 => (sbyte)raw[0],
        ElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(raw),
        ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(raw),
        ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(raw),
        ElementType.Bool => raw[0] == 0 ? 0 : 1,
        _ => raw[0],
    };

    /// <summary>Elements that lie one after the other, rounded to float32; float32 keeps its bits.</summary>
    public static void Decode(this ElementType type, ReadOnlySpan<byte> raw, Span<float> values)
    {
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            raw.CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        int size = type.Size();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)type.Decode(raw[(i * size)..]);
        }
    }

    /// <summary>Elements that lie one after the other.</summary>
    public static void Decode(this ElementType type, ReadOnlySpan<byte> raw, Span<double> values)
    {
        int size = type.Size();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type.Decode(raw[(i * size)..]);
        }
    }

    private static double DecodeE4M3(byte bits)
    {
        int exponent = (bits >> 3) & 15;
        int mantissa = bits & 7;
        double magnitude = (exponent, mantissa) switch
        {
            (15, 7) => double.NaN,
            (0, _) => Math.ScaleB(mantissa, -9),
            _ => Math.ScaleB(8 + mantissa, exponent - 10),
        };
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }
}

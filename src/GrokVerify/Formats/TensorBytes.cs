using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GrokVerify.Formats;

/// <summary>A tensor as it stands in a file.</summary>
/// <param name="Type">What its elements are.</param>
/// <param name="Shape">Row-major; empty for a single number.</param>
/// <param name="Bytes">The elements, little-endian, one after the other.</param>
internal sealed record TensorBytes(ElementType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A float32 tensor.</summary>
    /// <exception cref="ArgumentException">There are another number of values than the shape says.</exception>
    public static TensorBytes Of(IReadOnlyList<int> shape, ReadOnlySpan<float> values) =>
        shape.Aggregate(1L, (product, extent) => product * extent) == values.Length
            ? new TensorBytes(ElementType.Float32, shape, LittleEndian(values))
            : throw new ArgumentException($"{values.Length} values were given for the shape [{string.Join(", ", shape)}]", nameof(values));

    /// <summary>A tensor of booleans.</summary>
    public static TensorBytes Of(IReadOnlyList<int> shape, IEnumerable<bool> values) =>
        new(ElementType.Bool, shape, values.Select(value => value ? (byte)1 : (byte)0).ToArray());

    /// <summary>The bytes of float32 values as they stand in a file.</summary>
    public static byte[] LittleEndian(ReadOnlySpan<float> values)
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return bytes;
    }
}

using System.Buffers;

namespace GrokVerify.Formats.PyTorch;

/// <summary>Reads the elements of tensors out of the archive.</summary>
internal static class TensorReader
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>Row-major, rounded to float32; float32 keeps its bits.</summary>
    /// <exception cref="CheckpointException">The tensor has more elements than an array holds.</exception>
    public static float[] ReadSingles(ByteSource file, TorchTensor tensor)
    {
        if (tensor.Count > Array.MaxLength || (!tensor.IsContiguous && tensor.Last - tensor.Offset >= Array.MaxLength / tensor.Storage.Type.Size()))
        {
            throw new CheckpointException(file.Name, $"a tensor of shape [{string.Join(", ", tensor.Shape)}] is too large for an array", "split it");
        }

        float[] values = new float[tensor.Count];
        if (values.Length == 0)
        {
            return values;
        }

        if (tensor.IsContiguous)
        {
            ReadContiguous(file, tensor, values);
        }
        else
        {
            ReadStrided(file, tensor, values);
        }

        return values;
    }

    /// <summary>A tensor of one element as a number; null for any other.</summary>
    public static double? ReadNumber(ByteSource file, TorchTensor tensor)
    {
        if (tensor.Count != 1)
        {
            return null;
        }

        ElementType type = tensor.Storage.Type;
        Span<byte> raw = stackalloc byte[sizeof(double)];
        file.Read(raw[..type.Size()], tensor.Storage.Entry.Begin + (tensor.Offset * type.Size()));
        return type.Decode(raw);
    }

    private static void ReadContiguous(ByteSource file, TorchTensor tensor, float[] values)
    {
        ElementType type = tensor.Storage.Type;
        int size = type.Size();
        long begin = tensor.Storage.Entry.Begin + (tensor.Offset * size);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, (long)values.Length * size));
        try
        {
            int perChunk = buffer.Length / size;
            for (int done = 0; done < values.Length; done += perChunk)
            {
                int count = Math.Min(perChunk, values.Length - done);
                Span<byte> chunk = buffer.AsSpan(0, count * size);
                file.Read(chunk, begin + ((long)done * size));
                type.Decode(chunk, values.AsSpan(done, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ReadStrided(ByteSource file, TorchTensor tensor, float[] values)
    {
        ElementType type = tensor.Storage.Type;
        int size = type.Size();
        byte[] range = new byte[(tensor.Last - tensor.Offset + 1) * size];
        file.Read(range, tensor.Storage.Entry.Begin + (tensor.Offset * size));
        float[] element = new float[1];
        long[] index = new long[tensor.Shape.Count];
        long at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            type.Decode(range.AsSpan((int)(at * size), size), element);
            values[i] = element[0];
            at += Advance(tensor, index);
        }
    }

    /// <summary>Counts the row-major index up by one.</summary>
    /// <returns>How far the element moves in the storage.</returns>
    private static long Advance(TorchTensor tensor, long[] index)
    {
        long distance = 0;
        for (int dimension = index.Length - 1; dimension >= 0; dimension--)
        {
            index[dimension]++;
            distance += tensor.Strides[dimension];
            if (index[dimension] < tensor.Shape[dimension])
            {
                break;
            }

            distance -= index[dimension] * tensor.Strides[dimension];
            index[dimension] = 0;
        }

        return distance;
    }
}

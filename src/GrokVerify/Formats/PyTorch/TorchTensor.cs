namespace GrokVerify.Formats.PyTorch;

/// <summary>A tensor of a PyTorch file: a view into a storage, by offset and strides in elements.</summary>
internal sealed class TorchTensor
{
    private const int MostDimensions = 16;

    private TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides, long count, long last)
    {
        Storage = storage;
        Offset = offset;
        Shape = shape;
        Strides = strides;
        Count = count;
        Last = last;
    }

    public TorchStorage Storage { get; }

    /// <summary>Index in the storage of the element [0, 0, ...].</summary>
    public long Offset { get; }

    /// <summary>Empty for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    public IReadOnlyList<long> Strides { get; }

    /// <summary>Number of elements; never more than the storage has.</summary>
    public long Count { get; }

    /// <summary>Index in the storage of the last element that is looked at; unused for an empty tensor.</summary>
    public long Last { get; }

    /// <summary>The distance of elements that follow each other row-major is 1 everywhere.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int i = Shape.Count - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected)
                {
                    return false;
                }

                expected *= Shape[i];
            }

            return true;
        }
    }

    /// <exception cref="PickleException">The view does not lie inside its storage.</exception>
    public static TorchTensor Of(TorchStorage storage, object offsetValue, PickleTuple shapeValue, PickleTuple stridesValue)
    {
        long[]? shape = Numbers(shapeValue);
        long[]? strides = Numbers(stridesValue);
        if (offsetValue is not (long offset and >= 0) || shape is null || strides is null || shape.Length != strides.Length || shape.Length > MostDimensions)
        {
            throw new PickleException($"a tensor in storage {storage.Entry.Name} has an offset, shape or strides that are none");
        }

        Int128 count = 1;
        Int128 last = offset;
        for (int i = 0; i < shape.Length; i++)
        {
            count *= shape[i];
            last += (Int128)Math.Max(shape[i] - 1, 0) * strides[i];
            if (count > storage.Count)
            {
                throw new PickleException(
                    $"a tensor of shape [{string.Join(", ", shape)}] has more elements than its storage {storage.Entry.Name}, {storage.Count}",
                    "save it again; an expanded tensor needs .contiguous() first");
            }
        }

        return count == 0 || last < storage.Count
            ? new TorchTensor(storage, offset, shape, strides, (long)count, (long)last)
            : throw new PickleException($"a tensor of shape [{string.Join(", ", shape)}] reaches past its storage {storage.Entry.Name}");
    }

    private static long[]? Numbers(PickleTuple tuple) =>
        tuple.Items.All(item => item is long and >= 0) ? [.. tuple.Items.Cast<long>()] : null;
}

using GrokVerify.Model;
using GrokVerify.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>Some pairs as index tensors.</summary>
internal sealed class PairIndex : IDisposable
{
    private readonly Tensor? _firstOneHot; // [p, pairs]: 1 where the pair's a is the row's number
    private readonly Tensor? _secondOneHot; // [p, pairs], of b
    private readonly int _prime;

    public PairIndex(ModularTask task, ReadOnlySpan<int> pairs, ScalarType type, Device device)
    {
        long[] first = new long[pairs.Length];
        long[] second = new long[pairs.Length];
        long[] secondRows = new long[pairs.Length];
        long[] labels = new long[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            first[i] = task.First(pairs[i]);
            second[i] = task.Second(pairs[i]);
            secondRows[i] = task.Prime + second[i];
            labels[i] = task.Labels[pairs[i]];
        }

        _prime = task.Prime;
        First = tensor(first, device: device).DetachFromDisposeScope();
        Second = tensor(second, device: device).DetachFromDisposeScope();
        SecondRow = tensor(secondRows, device: device).DetachFromDisposeScope();
        Labels = tensor(labels, device: device).DetachFromDisposeScope();
        if (device.type != DeviceType.CPU)
        {
            // There index_add_ adds in an order left to chance; a product with one-hot rows does not.
            _firstOneHot = OneHot(First, type);
            _secondOneHot = OneHot(Second, type);
        }
    }

    /// <summary>Int64 [pairs]: the token a, which is its table row at position 0, too.</summary>
    public Tensor First { get; }

    /// <summary>Int64 [pairs]: the token b.</summary>
    public Tensor Second { get; }

    /// <summary>Int64 [pairs]: the table row of token b at position 1, p + b.</summary>
    public Tensor SecondRow { get; }

    /// <summary>Int64 [pairs].</summary>
    public Tensor Labels { get; }

    /// <summary>For every token and position the sum over the pairs that hold it.</summary>
    /// <param name="first">[pairs, columns]: what the pair adds to the row of its a.</param>
    /// <param name="second">[pairs, columns]: what it adds to the row of its b.</param>
    /// <returns>[2p, columns].</returns>
    public Tensor SumByToken(Tensor first, Tensor second) => _firstOneHot is null || _secondOneHot is null
        ? zeros([2 * _prime, first.shape[1]], first.dtype, first.device).index_add_(0, First, first, TensorArithmetic.One).index_add_(0, SecondRow, second, TensorArithmetic.One)
        : cat([mm(_firstOneHot, first), mm(_secondOneHot, second)]);

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        SecondRow.Dispose();
        Labels.Dispose();
        _firstOneHot?.Dispose();
        _secondOneHot?.Dispose();
    }

    private Tensor OneHot(Tensor numbers, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        return nn.functional.one_hot(numbers, _prime).t().to(type).contiguous().DetachFromDisposeScope();
    }
}

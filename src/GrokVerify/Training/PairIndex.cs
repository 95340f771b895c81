using GrokVerify.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Training;

/// <summary>Some pairs as index tensors.</summary>
internal sealed class PairIndex : IDisposable
{
    private Tensor? _firstOneHot;
    private Tensor? _secondOneHot;
    private readonly ScalarType _type;
    private readonly int _prime;

    public PairIndex(ModularTask task, ReadOnlySpan<int> pairs, ScalarType type, Device device)
    {
        long[] first = new long[pairs.Length];
        long[] second = new long[pairs.Length];
        long[] labels = new long[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            first[i] = task.First(pairs[i]);
            second[i] = task.Prime + task.Second(pairs[i]);
            labels[i] = task.Labels[pairs[i]];
        }

        _type = type;
        _prime = task.Prime;
        First = tensor(first, device: device).DetachFromDisposeScope();
        SecondRow = tensor(second, device: device).DetachFromDisposeScope();
        Labels = tensor(labels, device: device).DetachFromDisposeScope();
    }

    /// <summary>Int64 [pairs]: the table row of token a at position 0.</summary>
    public Tensor First { get; }

    /// <summary>Int64 [pairs]: the table row of token b at position 1, p + b.</summary>
    public Tensor SecondRow { get; }

    /// <summary>Int64 [pairs].</summary>
    public Tensor Labels { get; }

    /// <summary>[p, pairs]: 1 where the pair's a is the row's number.</summary>
    public Tensor FirstOneHot => _firstOneHot ??= OneHot(First);

    /// <summary>[p, pairs]: 1 where the pair's b is the row's number.</summary>
    public Tensor SecondOneHot => _secondOneHot ??= OneHot(SecondRow.sub(_prime));

    public void Dispose()
    {
        First.Dispose();
        SecondRow.Dispose();
        Labels.Dispose();
        _firstOneHot?.Dispose();
        _secondOneHot?.Dispose();
    }

    private Tensor OneHot(Tensor numbers)
    {
        using DisposeScope scope = NewDisposeScope();
        return nn.functional.one_hot(numbers, _prime).t().to(_type).contiguous().DetachFromDisposeScope();
    }
}

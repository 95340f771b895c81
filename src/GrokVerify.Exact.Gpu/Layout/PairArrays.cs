namespace GrokVerify.Exact.Gpu.Layout;

/// <summary>Where some pairs of a network lie among its integers: how many there are, and their tokens and labels.</summary>
/// <param name="start">The first integer.</param>
/// <param name="capacity">Pairs that there is room for.</param>
internal readonly struct PairArrays(int start, int capacity)
{
    /// <summary>How many pairs there are.</summary>
    public readonly int Count = start;

    /// <summary>The token a of each pair: its row in matrices whose rows are tokens.</summary>
    public readonly int First = start + 1;

    /// <summary>p + b of each.</summary>
    public readonly int Second = start + 1 + capacity;

    public readonly int Labels = start + 1 + (2 * capacity);

    public readonly int End = start + 1 + (3 * capacity);
}

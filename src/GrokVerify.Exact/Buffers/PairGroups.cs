namespace GrokVerify.Exact.Buffers;

/// <summary>For each token at position 0 and 1 the pairs that hold it, ascending.</summary>
internal sealed class PairGroups
{
    private readonly int[][] _pairs;

    public PairGroups(PairBatch batch, int prime)
    {
        List<int>[] pairs = [.. Enumerable.Range(0, 2 * prime).Select(_ => new List<int>())];
        for (int pair = 0; pair < batch.Count; pair++)
        {
            pairs[batch.First[pair]].Add(pair);
            pairs[batch.Second[pair]].Add(pair);
        }

        _pairs = [.. pairs.Select(group => group.ToArray())];
    }

    /// <summary>The pairs of a token's row, 0 to 2p - 1.</summary>
    public ReadOnlySpan<int> this[int row] => _pairs[row];
}

using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>How a set of frequencies compares with random sets of the same size.</summary>
internal static class RandomFrequencySets
{
    private const int Draws = 1_000;

    /// <summary>The rank as a p-value: the share of 1,000 random sets, always the same ones, and of the set itself, whose sum is as large as the set's; above 0, at most 1.</summary>
    /// <param name="byFrequency">What each frequency has, 1..(p-1)/2.</param>
    /// <param name="set">Frequencies, each once; at least one.</param>
    public static double ShareWithAsMuch(IReadOnlyList<double> byFrequency, IReadOnlyList<int> set) =>
        ShareAsGood(byFrequency.Count, set, frequencies => frequencies.Sum(k => byFrequency[k - 1]));

    /// <summary>The same for any score of a set.</summary>
    /// <param name="count">(p-1)/2.</param>
    /// <param name="set">As above.</param>
    /// <param name="score">Of frequencies, ascending; the larger the better.</param>
    public static double ShareAsGood(int count, IReadOnlyList<int> set, Func<IReadOnlyList<int>, double> score)
    {
        // Ascending, so that the same set drawn at random has the same score to the bit.
        double own = score([.. set.Order()]);
        var random = new PythonRandom(0);
        int[] all = [.. Enumerable.Range(1, count)];
        int asGood = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            random.Shuffle(all.AsSpan());
            asGood += score([.. all.Take(set.Count).Order()]) >= own ? 1 : 0;
        }

        return (asGood + 1.0) / (Draws + 1);
    }
}

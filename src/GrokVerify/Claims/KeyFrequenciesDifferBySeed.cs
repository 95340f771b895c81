using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Which frequencies a network comes to use depends on its seed.</summary>
/// <remarks>
/// Statistic: the number of different key sets over the number of runs; the number of key frequencies that the sets have on average.
/// Rule: at least 0.8 different (paper: the sets of its seeds all differ); from 2 to 8 (paper: 3 to 6).
/// </remarks>
internal sealed class KeyFrequenciesDifferBySeed : SeedsClaim
{
    private static readonly Statistic Different = new("different key sets, over the number of seeds", AtLeast: 0.8, AtMost: 1, Published: "1 (appendix, other seeds)");
    private static readonly Statistic Count = new("mean number of key frequencies", AtLeast: 2, AtMost: 8, Published: "3 to 6 (appendix, other seeds)");

    public override string Id => "key-frequencies-differ-by-seed";

    public override string Sentence => "Which frequencies a network comes to use depends on its seed";

    public override string Source => "arXiv 2301.05217 appendix on other seeds";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Different, Count];

    protected override IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs)
    {
        IReadOnlyList<int>[] sets = [.. runs.Select(run => run.KeyFrequencies.Frequencies)];
        string? none = sets.Any(set => set.Count == 0) ? "a run has no key frequencies" : null;
        int different = sets.Select(set => string.Join(' ', set)).Distinct(StringComparer.Ordinal).Count();
        yield return Different.Of(none is null ? (double)different / runs.Count : null, none);
        yield return Count.Of(none is null ? sets.Average(set => set.Count) : null, none);
    }
}

using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>Which frequencies a network comes to use depends on its seed.</summary>
/// <remarks>
/// Statistic: how likely as many sets, of the same sizes but drawn evenly from all frequencies, share as many frequencies (<see cref="SharedFrequencies"/>); the mean number of key frequencies; the lowest
/// accuracy of the runs on all pairs.
/// Rule: at least 0.01, so chance fails one time in a hundred and sets that are the same nearly always; from 2 to 8 (paper: 3 to 6); at least 0.99, because the sets of networks that have learned nothing differ too.
/// </remarks>
internal sealed class KeyFrequenciesDifferBySeed : SeedsClaim
{
    private static readonly Statistic Chance = new("chance that sets drawn evenly share as many frequencies", AtLeast: 0.01, AtMost: 1, Published: "the sets of its seeds all differ (appendix, other seeds)");
    private static readonly Statistic Count = new("mean number of key frequencies", AtLeast: 2, AtMost: 8, Published: "3 to 6 (appendix, other seeds)");
    private static readonly Statistic Accuracy = new("lowest accuracy on all pairs", AtLeast: 0.99, AtMost: 1);

    public override string Id => "key-frequencies-differ-by-seed";

    public override string Sentence => "Which frequencies a network comes to use depends on its seed";

    public override string Source => "arXiv 2301.05217 appendix on other seeds";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Chance, Count, Accuracy];

    protected override IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs)
    {
        IReadOnlyList<int>[] sets = [.. runs.Select(run => run.KeyFrequencies.Frequencies)];
        string? none = sets.Any(set => set.Count == 0) ? "a run has no key frequencies" : null;
        yield return Chance.Of(none is null ? SharedFrequencies.ChanceOfAsMany(sets, runs[0].FinalMeasures.Alpha.Count) : null, none);
        yield return Count.Of(none is null ? sets.Average(set => set.Count) : null, none);
        yield return Accuracy.Of(runs.Min(run => run.FinalMeasures.All.Accuracy));
    }
}

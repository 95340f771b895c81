using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Numerics;

namespace GrokVerify.Claims;

/// <summary>Double descent in epochs: the test loss climbs and falls again, the test accuracy only climbs.</summary>
/// <remarks>
/// Statistic, each the median over seeds: the largest test loss over ln p; how far test accuracy falls below what it had reached before, the most; the epoch of test accuracy 0.5 over that of memorization (train
/// accuracy 0.99, train loss below 1e-2).
/// Rule: at least 3; at most 0.02; at least 10. A peak in loss and none in accuracy is what Power et al. tell from double descent; where labels are wrong, accuracy falls, too.
/// </remarks>
internal sealed class PeakInLossAlone : SeedsClaim
{
    internal static readonly Statistic Peak = new("largest test loss, over ln p, median over seeds", AtLeast: 3, Published: "5.6 (released sweep)");
    internal static readonly Statistic Fall = new("largest fall of test accuracy below what it had reached, median over seeds", AtMost: 0.02, Published: "none (Power et al.)");
    internal static readonly Statistic Delay = new("epoch of test accuracy 0.5 over that of memorization, median over seeds", AtLeast: 10, Published: "34 (figure 7)");

    public override string Id => "peak-in-loss-alone";

    public override string Sentence => "Over epochs the test loss has a peak, the test accuracy has none";

    public override string Source => "Power et al. 2022 (arXiv 2201.02177); the paper's discussion";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Peak, Fall, Delay];

    protected override IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs)
    {
        yield return Peak.Of(Median.Of(runs.Select(run => run.Rows.Max(row => row.TestLoss) / run.UniformLoss)));
        yield return Fall.Of(Median.Of(runs.Select(run => AccuracyFall.Of(run.Rows))));
        yield return Delay.Of(
            runs.All(run => run.Jump is not null && run.Memorized is not null) ? Median.Of(runs.Select(run => (double)run.Jump!.Epoch / run.Memorized!.Epoch)) : null, "a seed does not come to memorize, or to a test accuracy of 0.5");
    }
}

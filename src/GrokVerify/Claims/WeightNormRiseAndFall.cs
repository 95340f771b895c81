using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Claims;

/// <summary>The sum of squared weights grows while the network memorizes, and weight decay then shrinks it below where it began.</summary>
/// <remarks>
/// Statistic: the largest logged sum of squares over the initial one, its epoch as a share of that of test accuracy 0.5, and the last one over the initial one.
/// Rule: at least 1.5 (published: 3,650 / 1,780 = 2.05); in the first half (published: epoch 1,000 of 9,400); at most 0.9 (published: 955 / 1,780 = 0.54).
/// </remarks>
internal sealed class WeightNormRiseAndFall : RunClaim
{
    private static readonly Statistic Peak = new("largest sum of squared weights, over the initial one", AtLeast: 1.5, AtMost: 3, Published: "2.05 (figure 7)");
    private static readonly Statistic Place = new(
        "epoch of the largest sum of squared weights, as a share of that of test accuracy 0.5", AtMost: 0.5, Published: "at most 0.11 (figure 7)");
    private static readonly Statistic Last = new("last sum of squared weights, over the initial one", AtMost: 0.9, Published: "0.54 (figure 7)");

    public override string Id => "weight-norm-rise-and-fall";

    public override string Sentence => "The sum of squared weights rises during memorization and ends below where it began";

    public override string Source => "arXiv 2301.05217 section 5.2, figure 7";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Peak, Place, Last];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        MetricsRow peak = run.Rows.MaxBy(row => row.SumSquaredWeights)!;
        double? jump = run.Jump?.Epoch;
        yield return Peak.Of(peak.SumSquaredWeights / run.Rows[0].SumSquaredWeights);
        yield return Place.Of(peak.Epoch / jump, "test accuracy never reaches 0.5");
        yield return Last.Of(run.Rows[^1].SumSquaredWeights / run.Rows[0].SumSquaredWeights);
    }
}

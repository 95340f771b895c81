using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>The key frequencies alone solve the task before the network does: restricted loss runs ahead of test loss.</summary>
/// <remarks>
/// Statistic: the largest quotient of restricted and test loss over the checkpoints after memorization (train loss below 1e-2); the epochs at which each
/// falls below 0.3 for good, their distance as a share of the latter; and the test accuracy where the restricted accuracy first reaches 0.9.
/// Rule: below 1 everywhere; the lead is at least 5% (published: 8,000 against 10,100, 21%); the test accuracy is at most 0.6 (published: about 0.38).
/// </remarks>
internal sealed class RestrictedLossAhead : RunClaim
{
    private const double LowLoss = 0.3;
    private static readonly Statistic Largest = new("largest restricted over test loss after memorization", AtMost: 1, Published: "0.22 (figure 7)");
    private static readonly Statistic Lead = new(
        "lead of restricted loss over test loss in falling below 0.3, as a share of the latter's epoch", AtLeast: 0.05, AtMost: 1, Published: "0.21 (figure 7)");
    private static readonly Statistic TestAccuracy = new("test accuracy where restricted accuracy reaches 0.9", AtMost: 0.6, Published: "0.38 (figure 7)");

    public override string Id => "restricted-loss-ahead";

    public override string Sentence => "The key frequencies alone solve the task before the network does";

    public override string Source => "arXiv 2301.05217 section 5.2, figure 7";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Largest, Lead, TestAccuracy];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        string? noKeys = run.KeyFrequencies.AbsenceReason;
        MeasurePoint[] points = noKeys is null ? [.. run.Curve.Points] : [];
        IEnumerable<double?> quotients = points.SkipWhile(point => point.Measures.Train?.Loss >= PhaseTimeline.MemorizedTrainLoss)
            .Select(point => point.Measures.Restricted?.Loss / point.Measures.Test?.Loss);
        yield return Largest.Of(quotients.Max(), noKeys ?? "never memorized");

        double? restrictedLow = BelowForGood(points, point => point.Measures.Restricted!.Value.Loss);
        double? testLow = BelowForGood(points, point => point.Measures.Test!.Value.Loss);
        yield return Lead.Of((testLow - restrictedLow) / testLow, noKeys ?? "one of the two stays above 0.3");

        MeasurePoint? solved = points.FirstOrDefault(point => point.Measures.Restricted?.Accuracy >= 0.9);
        yield return TestAccuracy.Of(solved?.Measures.Test?.Accuracy, noKeys ?? "restricted accuracy never reaches 0.9");
    }

    private static double? BelowForGood(MeasurePoint[] points, Func<MeasurePoint, double> loss)
    {
        int last = Array.FindLastIndex(points, point => loss(point) >= LowLoss);
        return last + 1 < points.Length ? points[last + 1].Epoch : null;
    }
}

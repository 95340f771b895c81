using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>
/// Before the test accuracy jumps, the excluded loss rises (the network comes to rely on the key frequencies even for the train pairs)
/// while the restricted loss falls (the key frequencies alone come to solve the task).
/// </summary>
/// <remarks>
/// Statistic, on the checkpoints before test accuracy first reaches 0.5: the least excluded loss, the excluded loss and the restricted loss at the
/// last of them, and the restricted loss where the excluded loss was least; and the epochs at which restricted and test loss fall below 0.3.
/// Rule: the excluded loss was below 1 (published minimum 0.316) and ends above ln p (published 11.6), after its minimum; the restricted loss falls
/// to at most half of what it was (published: 3.02 to 6e-3); and it falls below 0.3 before the test loss does by at least 5% of that epoch (published: 8,000
/// against 10,100, 21%).
/// </remarks>
public sealed class ExcludedLossRise : RunClaim
{
    private const double LowLoss = 0.3;

    public override string Id => "excluded-loss-rise";

    public override string Sentence => "Excluded loss rises before the test accuracy jumps, while restricted loss falls";

    public override string Source => "arXiv 2301.05217 sections 5.1 and 5.2, figure 7";

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        const string noJump = "test accuracy never reaches 0.5";
        string? noKeys = run.KeyFrequencies.AbsenceReason;
        IReadOnlyList<MeasurePoint> points = run.Curve.Points;
        MeasurePoint? jump = points.FirstOrDefault(point => point.Measures.Test?.Accuracy >= 0.5);
        yield return new Finding("epoch at which test accuracy reaches 0.5", jump?.Epoch, Absence: noJump);

        MeasurePoint[] before = jump is null || noKeys is not null ? [] : [.. points.Where(point => point.Epoch < jump.Epoch)];
        MeasurePoint? least = before.MinBy(point => point.Measures.ExcludedTrain!.Value.Loss);
        MeasurePoint? last = before.LastOrDefault();
        string absence = noKeys ?? noJump;
        yield return new Finding("least excluded loss before the jump", least?.Measures.ExcludedTrain?.Loss, AtMost: 1, Absence: absence);
        yield return new Finding("excluded loss at the last checkpoint before the jump", last?.Measures.ExcludedTrain?.Loss, AtLeast: run.UniformLoss, Absence: absence);
        yield return new Finding(
            "restricted loss at the last checkpoint before the jump, over that at the least excluded loss",
            last?.Measures.Restricted?.Loss / least?.Measures.Restricted?.Loss,
            AtMost: 0.5,
            Absence: absence);

        double? restrictedLow = points.FirstOrDefault(point => point.Measures.Restricted?.Loss < LowLoss)?.Epoch;
        double? testLow = points.LastOrDefault(point => point.Measures.Test?.Loss >= LowLoss) is MeasurePoint high && high != points[^1]
            ? points.First(point => point.Epoch > high.Epoch).Epoch
            : null;
        yield return new Finding(
            "lead of restricted loss over test loss in falling below 0.3, as a share of the latter's epoch",
            (testLow - restrictedLow) / testLow,
            AtLeast: 0.05,
            Absence: noKeys ?? "one of the two stays above 0.3");
    }
}

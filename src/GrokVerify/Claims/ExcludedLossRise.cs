using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>
/// Before the test accuracy jumps, the excluded loss of all frequencies rises (the network comes to rely on waves of a + b even for the train pairs)
/// while the restricted loss falls (the key frequencies alone come to solve the task).
/// </summary>
/// <remarks>
/// Statistic, on the checkpoints before test accuracy first reaches 0.5: the least excluded loss and the excluded loss at the last of them, over ln p; the restricted loss there, over that where the excluded
/// loss was least.
/// Rule: the excluded loss was below half of ln p, so that without any frequency the network had learnt more than half of what can be learnt of the train pairs (published: 0.316 / 4.73 = 0.07; it was "below 1"
/// until seed 2, which generalizes soonest, had 1.4), and ends above ln p (published 11.6), after its minimum; the restricted loss falls to at most half of what it was (published: 3.02 to 6e-3).
/// </remarks>
internal sealed class ExcludedLossRise : RunClaim
{
    private static readonly Statistic Jump = new("epoch at which test accuracy reaches 0.5", Published: "9,400 (figure 7)");
    private static readonly Statistic Least = new("least excluded loss of all frequencies before the jump, over ln p", AtMost: 0.5, Published: "0.07 (figure 7)");
    private static readonly Statistic Last = new("excluded loss of all frequencies at the last checkpoint before the jump, over ln p", AtLeast: 1, Published: "2.5 (figure 7)");
    private static readonly Statistic RestrictedFall = new(
        "restricted loss at the last checkpoint before the jump, over that at the least excluded loss", AtMost: 0.5, Published: "0.002 (figure 7)");

    public override string Id => "excluded-loss-rise";

    public override string Sentence => "Excluded loss rises before the test accuracy jumps, while restricted loss falls";

    public override string Source => "arXiv 2301.05217 sections 5.1 and 5.2, figure 7";

    public override string Deviation =>
        "The paper's text says that excluded loss plateaus; here, as in its figure 7, it peaks near the jump and falls again during cleanup.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Jump, Least, Last, RestrictedFall];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        const string noJump = "test accuracy never reaches 0.5";
        string? noKeys = run.KeyFrequencies.AbsenceReason;
        IReadOnlyList<MeasurePoint> points = run.Curve.Points;
        MeasurePoint? jump = points.FirstOrDefault(point => point.Measures.Test?.Accuracy >= 0.5);
        yield return Jump.Of(jump?.Epoch, noJump);

        MeasurePoint[] before = jump is null || noKeys is not null ? [] : [.. points.Where(point => point.Epoch < jump.Epoch)];
        MeasurePoint? least = before.MinBy(point => point.Measures.ExcludedAllFrequenciesTrain!.Value.Loss);
        MeasurePoint? last = before.LastOrDefault();
        string absence = noKeys ?? noJump;
        yield return Least.Of(least?.Measures.ExcludedAllFrequenciesTrain?.Loss / run.UniformLoss, absence);
        yield return Last.Of(last?.Measures.ExcludedAllFrequenciesTrain?.Loss / run.UniformLoss, absence);
        yield return RestrictedFall.Of(last?.Measures.Restricted?.Loss / least?.Measures.Restricted?.Loss, absence);
    }
}

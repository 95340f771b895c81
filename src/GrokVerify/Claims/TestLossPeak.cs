using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Claims;

/// <summary>
/// While a network memorizes, its test loss climbs far above that of knowing nothing; it peaks early and falls long before the accuracy moves.
/// </summary>
/// <remarks>
/// Statistic: the largest logged test loss over ln p, its epoch as a share of the epoch at which test accuracy reaches 0.5, and the epoch at which the
/// train loss falls below 1e-6 as a share of the same.
/// Rule: the peak is 3 to 10 times ln p (published: 26.6 = 5.6 ln p; the released sweep has 26.6 to 32.4 for fractions up to 0.3); it comes within
/// 2% to 60% of the way to the jump (published: epoch 1,420 of 9,400, 15%); the train loss is below 1e-6 by half of the way (published: 1,200, 13%).
/// </remarks>
internal sealed class TestLossPeak : RunClaim
{
    private static readonly Statistic Height = new("largest test loss, over ln p", AtLeast: 3, AtMost: 10, Published: "5.6 (released sweep)");
    private static readonly Statistic Place = new(
        "epoch of the largest test loss, as a share of that of test accuracy 0.5", AtLeast: 0.02, AtMost: 0.6, Published: "0.15 (released sweep, figure 7)");
    private static readonly Statistic TrainLoss = new(
        "epoch of a train loss below 1e-6, as a share of that of test accuracy 0.5", AtMost: 0.5, Published: "0.13 (released sweep, figure 7)");

    public override string Id => "test-loss-peak";

    public override string Sentence => "Test loss peaks early and far above chance, and falls long before the accuracy moves";

    public override string Source => "arXiv 2301.05217 figure 7; released train-fraction sweep";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Height, Place, TrainLoss];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        MetricsRow peak = run.Rows.MaxBy(row => row.TestLoss)!;
        double? jump = run.Jump?.Epoch;
        const string noJump = "test accuracy never reaches 0.5";
        yield return Height.Of(peak.TestLoss / run.UniformLoss);
        yield return Place.Of(peak.Epoch / jump, noJump);
        double? fitted = run.Rows.FirstOrDefault(row => row.TrainLoss < 1e-6)?.Epoch;
        yield return TrainLoss.Of(fitted / jump, fitted is null ? "the train loss never falls below 1e-6" : noJump);
    }
}

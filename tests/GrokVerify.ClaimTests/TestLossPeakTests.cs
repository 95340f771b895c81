using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="TestLossPeak"/>
internal sealed class TestLossPeakTests : RunClaimTests<TestLossPeak>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Test_loss_peaks_early_and_far_above_chance(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);

    protected override void AssumeAskable(Control control) => Assume.That(
        TrainingTier.IsNightly && control == Control.MemorizedAtTheEnd,
        Is.False,
        "seed 0 is refuted because every fourth checkpoint misses its peak; fresh seeds are not, the control does not touch what the claim is about");
}

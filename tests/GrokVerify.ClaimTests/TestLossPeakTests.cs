using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="TestLossPeak"/>
[Category("Claim")]
public class TestLossPeakTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Test_loss_peaks_early_and_far_above_chance(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<TestLossPeak>();

    [TestCase(Control.Untrained, "largest test loss, over ln p")]
    [TestCase(Control.NoWeightDecay, "largest test loss, over ln p")]
    [TestCase(Control.ShuffledLabels, "epoch of the largest test loss, as a share of that of test accuracy 0.5")]
    [TestCase(Control.OtherPrime, "largest test loss, over ln p")]
    [TestCase(Control.HalvesExchanged, "largest test loss, over ln p")]
    [TestCase(Control.MemorizedAtTheEnd, "epoch of the largest test loss, as a share of that of test accuracy 0.5")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation)
    {
        Assume.That(
            TrainingTier.IsNightly && control == Control.MemorizedAtTheEnd,
            Is.False,
            "seed 0 is refuted because every fourth checkpoint misses its peak; fresh seeds are not, the control does not touch what the claim is about");
        ControlRuns.Seeds(control, cancellation).Should().Refute<TestLossPeak>(statistic);
    }
}

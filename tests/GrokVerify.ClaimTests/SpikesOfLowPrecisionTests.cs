using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="SpikesOfLowPrecision"/>
[Category("Claim")]
public class SpikesOfLowPrecisionTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void A_loss_in_float32_spikes_and_one_with_more_precision_does_not(CancellationToken cancellation) =>
        SweepRuns.Of<SpikesOfLowPrecision>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void The_exact_loss_judged_as_float32_refutes_it(CancellationToken cancellation) =>
        SweepRuns.Of<SpikesOfLowPrecision>(cancellation).Exchanged(2, 1, 2).Should().RefuteItBy("spikes of the train loss, float32");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Float32_judged_as_the_more_precise_losses_refutes_it(CancellationToken cancellation) =>
        SweepRuns.Of<SpikesOfLowPrecision>(cancellation).Exchanged(0, 0, 0).Should().RefuteItBy("spikes of the train loss, float64", "spikes of the train loss, exact");
}

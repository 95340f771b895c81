using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="GeneralizationAtConstantNorm"/>
[Category("Claim")]
public class GeneralizationAtConstantNormTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void At_a_constant_smaller_norm_a_network_generalizes_while_it_fits(CancellationToken cancellation) =>
        SweepRuns.Of<GeneralizationAtConstantNorm>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void With_the_norm_left_free_it_does_not(CancellationToken cancellation) =>
        SweepRuns.Of<GeneralizationAtConstantNorm>(cancellation).Exchanged(1, 0).Should().RefuteItBy(
            "epoch of test accuracy 0.5", "largest change of the sum", "test accuracy after as many epochs");
}

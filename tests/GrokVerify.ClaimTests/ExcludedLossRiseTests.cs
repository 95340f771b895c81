using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ExcludedLossRise"/>
[Category("Claim")]
public class ExcludedLossRiseTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_relies_on_its_key_frequencies_before_it_generalizes(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<ExcludedLossRise>();

    [TestCase(Control.Untrained, "epoch at which test accuracy reaches 0.5")]
    [TestCase(Control.NoWeightDecay, "epoch at which test accuracy reaches 0.5")]
    [TestCase(Control.ShuffledLabels, "epoch at which test accuracy reaches 0.5")]
    [TestCase(Control.OtherFrequencies, "excluded loss at the last checkpoint before the jump, over ln p")]
    [TestCase(Control.OtherPrime, "least excluded loss before the jump")]
    [TestCase(Control.HalvesExchanged, "least excluded loss before the jump")]
    [TestCase(Control.MemorizedAtTheEnd, "excluded loss at the last checkpoint before the jump, over ln p")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<ExcludedLossRise>(statistic);
}

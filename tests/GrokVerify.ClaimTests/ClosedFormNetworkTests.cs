using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ClosedFormNetwork"/>
[Category("Claim")]
public class ClosedFormNetworkTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_in_closed_form_solves_the_task(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<ClosedFormNetwork>();

    [TestCase(Control.Untrained, "accuracy of the closed form")]
    [TestCase(Control.NoWeightDecay, "accuracy of the closed form")]
    [TestCase(Control.ShuffledLabels, "accuracy of the closed form")]
    [TestCase(Control.OtherFrequencies, "accuracy of the closed form")]
    [TestCase(Control.OtherPrime, "accuracy of the closed form")]
    [TestCase(Control.MemorizedAtTheEnd, "accuracy of the closed form")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<ClosedFormNetwork>(statistic);
}

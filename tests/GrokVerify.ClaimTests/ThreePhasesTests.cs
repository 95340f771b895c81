using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ThreePhases"/>
[Category("Claim")]
public class ThreePhasesTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Training_passes_through_three_phases(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<ThreePhases>();

    [TestCase(Control.Untrained, "end of memorization")]
    [TestCase(Control.NoWeightDecay, "end of memorization")]
    [TestCase(Control.ShuffledLabels, "end of memorization")]
    [TestCase(Control.OtherFrequencies, "end of memorization")]
    [TestCase(Control.OtherPrime, "end of memorization")]
    [TestCase(Control.HalvesExchanged, "end of memorization")]
    [TestCase(Control.MemorizedAtTheEnd, "end of circuit formation")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<ThreePhases>(statistic);
}

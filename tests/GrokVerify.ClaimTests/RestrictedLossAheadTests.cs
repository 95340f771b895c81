using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="RestrictedLossAhead"/>
[Category("Claim")]
public class RestrictedLossAheadTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_key_frequencies_alone_solve_the_task_first(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<RestrictedLossAhead>();

    [TestCase(Control.Untrained, "largest restricted over test loss after memorization")]
    [TestCase(Control.NoWeightDecay, "largest restricted over test loss after memorization")]
    [TestCase(Control.ShuffledLabels, "largest restricted over test loss after memorization")]
    [TestCase(Control.OtherFrequencies, "largest restricted over test loss after memorization")]
    [TestCase(Control.OtherPrime, "largest restricted over test loss after memorization")]
    [TestCase(Control.HalvesExchanged, "largest restricted over test loss after memorization")]
    [TestCase(Control.MemorizedAtTheEnd, "largest restricted over test loss after memorization")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<RestrictedLossAhead>(statistic);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="LogitsAsCosines"/>
[Category("Claim")]
public class LogitsAsCosinesTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_logits_can_be_replaced_by_cosines(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<LogitsAsCosines>();

    [TestCase(Control.Untrained, "loss with logits as cosines, over the full loss")]
    [TestCase(Control.NoWeightDecay, "loss with logits as cosines, over the full loss")]
    [TestCase(Control.ShuffledLabels, "loss with logits as cosines, over the full loss")]
    [TestCase(Control.OtherFrequencies, "loss with logits as cosines, over the full loss")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<LogitsAsCosines>(statistic);
}

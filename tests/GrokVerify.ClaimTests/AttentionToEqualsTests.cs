using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AttentionToEquals"/>
[Category("Claim")]
public class AttentionToEqualsTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_heads_hardly_attend_to_equals(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<AttentionToEquals>();

    [TestCase(Control.Untrained, "mean attention to")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<AttentionToEquals>(statistic);
}

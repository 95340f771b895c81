using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="WeightBalance"/>
[Category("Claim")]
public class WeightBalanceTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Matrices_that_are_multiplied_end_with_the_same_norm(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<WeightBalance>();

    [TestCase(Control.Untrained, "sum of squares of W_out over that of W_U")]
    [TestCase(Control.NoWeightDecay, "sum of squares of W_K over that of W_Q")]
    [TestCase(Control.MemorizedAtTheEnd, "sum of squares of W_K over that of W_Q")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<WeightBalance>(statistic);
}

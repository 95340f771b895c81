using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="WeightNormRiseAndFall"/>
[Category("Claim")]
public class WeightNormRiseAndFallTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_sum_of_squared_weights_rises_and_then_falls_below_its_beginning(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<WeightNormRiseAndFall>();

    [TestCase(Control.Untrained, "largest sum of squared weights, over the initial one")]
    [TestCase(Control.NoWeightDecay, "largest sum of squared weights, over the initial one")]
    [TestCase(Control.ShuffledLabels, "epoch of the largest sum of squared weights, as a share of that of test accuracy 0.5")]
    [TestCase(Control.OtherPrime, "largest sum of squared weights, over the initial one")]
    [TestCase(Control.HalvesExchanged, "largest sum of squared weights, over the initial one")]
    [TestCase(Control.MemorizedAtTheEnd, "largest sum of squared weights, over the initial one")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<WeightNormRiseAndFall>(statistic);
}

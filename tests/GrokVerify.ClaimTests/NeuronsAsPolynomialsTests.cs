using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="NeuronsAsPolynomials"/>
[Category("Claim")]
public class NeuronsAsPolynomialsTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Neurons_can_be_replaced_by_polynomials_of_degree_two(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<NeuronsAsPolynomials>();

    [TestCase(Control.Untrained, "accuracy with neurons as polynomials")]
    [TestCase(Control.NoWeightDecay, "accuracy with neurons as polynomials")]
    [TestCase(Control.ShuffledLabels, "accuracy with neurons as polynomials")]
    [TestCase(Control.OtherPrime, "accuracy with neurons as polynomials")]
    [TestCase(Control.MemorizedAtTheEnd, "accuracy with neurons as polynomials")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<NeuronsAsPolynomials>(statistic);
}

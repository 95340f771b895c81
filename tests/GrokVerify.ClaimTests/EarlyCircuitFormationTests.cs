using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="EarlyCircuitFormation"/>
[Category("Claim")]
public class EarlyCircuitFormationTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_circuit_forms_long_before_the_test_accuracy_moves(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<EarlyCircuitFormation>();

    [TestCase(Control.Untrained, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [TestCase(Control.NoWeightDecay, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [TestCase(Control.ShuffledLabels, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [TestCase(Control.OtherFrequencies, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [TestCase(Control.OtherPrime, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [TestCase(Control.HalvesExchanged, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [TestCase(Control.MemorizedAtTheEnd, "lead of restricted loss, as a share of the epoch of test accuracy 0.5")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<EarlyCircuitFormation>(statistic);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="NeuronPurity"/>
[Category("Claim")]
public class NeuronPurityTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Most_neurons_compute_with_one_key_frequency(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<NeuronPurity>();

    [TestCase(Control.Untrained, "share of neurons with an FVE above 0.85 by one frequency")]
    [TestCase(Control.NoWeightDecay, "share of neurons with an FVE above 0.85 by one frequency")]
    [TestCase(Control.ShuffledLabels, "share of neurons with an FVE above 0.85 by one frequency")]
    [TestCase(Control.OtherFrequencies, "share of these whose frequency is a key frequency")]
    [TestCase(Control.OtherPrime, "share of neurons with an FVE above 0.85 by one frequency")]
    [TestCase(Control.MemorizedAtTheEnd, "share of neurons with an FVE above 0.85 by one frequency")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<NeuronPurity>(statistic);
}

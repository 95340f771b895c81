using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="NeuronLogitMapRank"/>
[Category("Claim")]
public class NeuronLogitMapRankTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_neuron_logit_map_has_little_beside_the_key_frequencies(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<NeuronLogitMapRank>();

    [TestCase(Control.Untrained, "norm of the neuron-logit map outside the key frequencies, as a share of the whole")]
    [TestCase(Control.NoWeightDecay, "norm of the neuron-logit map outside the key frequencies, as a share of the whole")]
    [TestCase(Control.ShuffledLabels, "norm of the neuron-logit map outside the key frequencies, as a share of the whole")]
    [TestCase(Control.OtherFrequencies, "norm of the neuron-logit map outside the key frequencies, as a share of the whole")]
    [TestCase(Control.OtherPrime, "norm of the neuron-logit map outside the key frequencies, as a share of the whole")]
    [TestCase(Control.MemorizedAtTheEnd, "norm of the neuron-logit map outside the key frequencies, as a share of the whole")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<NeuronLogitMapRank>(statistic);
}

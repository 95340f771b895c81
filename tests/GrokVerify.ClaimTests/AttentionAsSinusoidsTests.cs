using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AttentionAsSinusoids"/>
[Category("Claim")]
public class AttentionAsSinusoidsTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Attention_can_be_replaced_by_sinusoids_of_key_frequencies(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<AttentionAsSinusoids>();

    [TestCase(Control.Untrained, "accuracy with attention as sinusoids of the key frequencies")]
    [TestCase(Control.NoWeightDecay, "accuracy with attention as sinusoids of the key frequencies")]
    [TestCase(Control.ShuffledLabels, "accuracy with attention as sinusoids of the key frequencies")]
    [TestCase(Control.OtherFrequencies, "accuracy with attention as sinusoids of the key frequencies")]
    [TestCase(Control.OtherPrime, "accuracy with attention as sinusoids of the key frequencies")]
    [TestCase(Control.MemorizedAtTheEnd, "accuracy with attention as sinusoids of the key frequencies")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<AttentionAsSinusoids>(statistic);
}

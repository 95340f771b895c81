using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="EmbeddingHarmonics"/>
[Category("Claim")]
public class EmbeddingHarmonicsTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Further_lines_of_the_embedding_sit_at_doubled_key_frequencies(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<EmbeddingHarmonics>();

    [TestCase(Control.Untrained, "embedding norm at doubled key frequencies, over that at other frequencies")]
    [TestCase(Control.NoWeightDecay, "embedding norm at doubled key frequencies, over that at other frequencies")]
    [TestCase(Control.ShuffledLabels, "embedding norm at doubled key frequencies, over that at other frequencies")]
    [TestCase(Control.OtherFrequencies, "embedding norm at doubled key frequencies, over that at other frequencies")]
    [TestCase(Control.OtherPrime, "embedding norm at doubled key frequencies, over that at other frequencies")]
    [TestCase(Control.MemorizedAtTheEnd, "embedding norm at doubled key frequencies, over that at other frequencies")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<EmbeddingHarmonics>(statistic);
}

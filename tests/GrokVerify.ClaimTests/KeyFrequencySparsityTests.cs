using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="KeyFrequencySparsity"/>
[Category("Claim")]
public class KeyFrequencySparsityTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_computes_with_few_key_frequencies(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<KeyFrequencySparsity>();

    [TestCase(Control.Untrained, "spectral contrast")]
    [TestCase(Control.NoWeightDecay, "spectral contrast")]
    [TestCase(Control.ShuffledLabels, "spectral contrast")]
    [TestCase(Control.OtherFrequencies, "spectral contrast")]
    [TestCase(Control.OtherPrime, "logit FVE of the key frequencies")]
    [TestCase(Control.MemorizedAtTheEnd, "spectral contrast")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<KeyFrequencySparsity>(statistic);
}

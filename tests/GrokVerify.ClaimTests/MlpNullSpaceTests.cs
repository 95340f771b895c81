using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="MlpNullSpace"/>
[Category("Claim")]
public class MlpNullSpaceTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_MLP_needs_the_directions_of_the_key_frequencies_and_no_others(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<MlpNullSpace>();

    [TestCase(Control.Untrained, "loss with the key directions of the MLP alone, over the full loss")]
    [TestCase(Control.NoWeightDecay, "loss with the key directions of the MLP alone, over the full loss")]
    [TestCase(Control.ShuffledLabels, "loss with the key directions of the MLP alone, over the full loss")]
    [TestCase(Control.OtherFrequencies, "loss with the key directions of the MLP alone, over the full loss")]
    [TestCase(Control.OtherPrime, "loss without the key directions of the MLP, over the full loss")]
    [TestCase(Control.MemorizedAtTheEnd, "loss without the key directions of the MLP, over the full loss")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<MlpNullSpace>(statistic);
}

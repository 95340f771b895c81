using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AblationEffects"/>
[Category("Claim")]
public class AblationEffectsTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_depends_on_its_key_frequencies_alone(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<AblationEffects>();

    [TestCase(Control.Untrained, "accuracy on all pairs, untouched")]
    [TestCase(Control.NoWeightDecay, "accuracy on all pairs, untouched")]
    [TestCase(Control.ShuffledLabels, "accuracy on all pairs, untouched")]
    [TestCase(Control.OtherFrequencies, "loss without the key frequencies, over ln p")]
    [TestCase(Control.OtherPrime, "accuracy on all pairs, untouched")]
    [TestCase(Control.MemorizedAtTheEnd, "accuracy on all pairs, untouched")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<AblationEffects>(statistic);
}

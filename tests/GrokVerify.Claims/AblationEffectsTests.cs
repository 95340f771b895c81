using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AblationEffects"/>
[Category("Claim")]
public class AblationEffectsTests
{
    private static readonly Claim Claim = new AblationEffects();

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_depends_on_its_key_frequencies_alone(CancellationToken cancellation) =>
        ExampleRuns.Mainline(cancellation).Should().DependOnItsKeyFrequenciesAlone();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_without_weight_decay_does_not(CancellationToken cancellation) =>
        ExampleRuns.NoWeightDecay(cancellation).Should().Refute(Claim, "accuracy on all pairs, untouched");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_trained_on_shuffled_labels_does_not(CancellationToken cancellation) =>
        ExampleRuns.ShuffledLabels(cancellation).Should().Refute(Claim, "accuracy on all pairs, untouched");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Removing_other_frequencies_does_no_harm(CancellationToken cancellation) =>
        ExampleRuns.WrongFrequencies(cancellation).Should().Refute(Claim, "loss without the key frequencies");
}

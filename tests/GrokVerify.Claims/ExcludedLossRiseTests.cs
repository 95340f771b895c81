using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ExcludedLossRise"/>
[Category("Claim")]
public class ExcludedLossRiseTests
{
    private static readonly Claim Claim = new ExcludedLossRise();

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_relies_on_its_key_frequencies_before_it_generalizes(CancellationToken cancellation) =>
        ExampleRuns.Mainline(cancellation).Should().RelyOnItsKeyFrequenciesBeforeItGeneralizes();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_without_weight_decay_does_not(CancellationToken cancellation) =>
        ExampleRuns.NoWeightDecay(cancellation).Should().Refute(Claim, "excluded loss at the last checkpoint before the jump");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_trained_on_shuffled_labels_does_not(CancellationToken cancellation) =>
        ExampleRuns.ShuffledLabels(cancellation).Should().Refute(Claim, "epoch at which test accuracy reaches 0.5");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void The_loss_without_other_frequencies_stays_low(CancellationToken cancellation) =>
        ExampleRuns.WrongFrequencies(cancellation).Should().Refute(Claim, "excluded loss at the last checkpoint before the jump");
}

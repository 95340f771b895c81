using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="GeneralizationAfterMemorization"/>
[Category("Claim")]
public class GeneralizationAfterMemorizationTests
{
    private static readonly Claim Claim = new GeneralizationAfterMemorization();

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_generalizes_long_after_it_has_memorized(CancellationToken cancellation) =>
        ExampleRuns.Mainline(cancellation).Should().GeneralizeLongAfterMemorizing();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void An_untrained_network_does_not(CancellationToken cancellation) =>
        ExampleRuns.Untrained(cancellation).Should().Refute(Claim, "epoch of memorization");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_without_weight_decay_does_not_within_the_same_horizon(CancellationToken cancellation) =>
        ExampleRuns.NoWeightDecay(cancellation).Should().Refute(Claim, "epoch of generalization");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_do_not(CancellationToken cancellation) =>
        ExampleRuns.ShuffledLabels(cancellation).Should().Refute(Claim, "epoch of generalization");
}

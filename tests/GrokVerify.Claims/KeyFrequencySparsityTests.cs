using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="KeyFrequencySparsity"/>
[Category("Claim")]
public class KeyFrequencySparsityTests
{
    private static readonly Claim Claim = new KeyFrequencySparsity();

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_computes_with_few_key_frequencies(CancellationToken cancellation) =>
        ExampleRuns.Mainline(cancellation).Should().ComputeWithFewKeyFrequencies();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void An_untrained_network_does_not(CancellationToken cancellation) =>
        ExampleRuns.Untrained(cancellation).Should().Refute(Claim, "Gini coefficient of the embedding");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_without_weight_decay_does_not(CancellationToken cancellation) =>
        ExampleRuns.NoWeightDecay(cancellation).Should().Refute(Claim, "logit FVE");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_make_no_key_frequencies(CancellationToken cancellation) =>
        ExampleRuns.ShuffledLabels(cancellation).Should().Refute(Claim, "Gini coefficient of the neuron-logit-map");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Other_frequencies_explain_nothing(CancellationToken cancellation) =>
        ExampleRuns.WrongFrequencies(cancellation).Should().Refute(Claim, "logit FVE");
}

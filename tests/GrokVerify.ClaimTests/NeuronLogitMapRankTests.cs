using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="NeuronLogitMapRank"/>
internal sealed class NeuronLogitMapRankTests : RunClaimTests<NeuronLogitMapRank>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_neuron_logit_map_has_little_beside_the_key_frequencies(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

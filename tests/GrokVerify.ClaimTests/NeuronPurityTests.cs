using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="NeuronPurity"/>
internal sealed class NeuronPurityTests : RunClaimTests<NeuronPurity>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Most_neurons_compute_with_one_key_frequency(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AttentionAsSinusoids"/>
internal sealed class AttentionAsSinusoidsTests : RunClaimTests<AttentionAsSinusoids>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Attention_can_be_replaced_by_sinusoids_of_key_frequencies(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

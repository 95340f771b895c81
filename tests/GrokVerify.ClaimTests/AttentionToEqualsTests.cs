using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AttentionToEquals"/>
internal sealed class AttentionToEqualsTests : RunClaimTests<AttentionToEquals>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_heads_hardly_attend_to_equals(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

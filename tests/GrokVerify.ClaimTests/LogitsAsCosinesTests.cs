using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="LogitsAsCosines"/>
internal sealed class LogitsAsCosinesTests : RunClaimTests<LogitsAsCosines>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_logits_can_be_replaced_by_cosines(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

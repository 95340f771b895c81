using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="RestrictedLossAhead"/>
internal sealed class RestrictedLossAheadTests : RunClaimTests<RestrictedLossAhead>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_key_frequencies_alone_solve_the_task_first(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

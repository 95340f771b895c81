using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="GeneralizationAfterMemorization"/>
internal sealed class GeneralizationAfterMemorizationTests : RunClaimTests<GeneralizationAfterMemorization>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_generalizes_long_after_it_has_memorized(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

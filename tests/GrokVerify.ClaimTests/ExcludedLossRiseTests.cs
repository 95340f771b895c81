using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ExcludedLossRise"/>
internal sealed class ExcludedLossRiseTests : RunClaimTests<ExcludedLossRise>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_relies_on_its_key_frequencies_before_it_generalizes(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ThreePhases"/>
internal sealed class ThreePhasesTests : RunClaimTests<ThreePhases>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Training_passes_through_three_phases(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AblationEffects"/>
internal sealed class AblationEffectsTests : RunClaimTests<AblationEffects>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_depends_on_its_key_frequencies_alone(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="MlpNullSpace"/>
internal sealed class MlpNullSpaceTests : RunClaimTests<MlpNullSpace>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_MLP_needs_the_directions_of_the_key_frequencies_and_no_others(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

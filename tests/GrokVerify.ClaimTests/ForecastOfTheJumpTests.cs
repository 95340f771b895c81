using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ForecastOfTheJump"/>
internal sealed class ForecastOfTheJumpTests : RunClaimTests<ForecastOfTheJump>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_epoch_of_the_jump_is_told_long_before(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="WeightNormAtTheJump"/>
internal sealed class WeightNormAtTheJumpTests : RunClaimTests<WeightNormAtTheJump>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_accuracy_jumps_at_one_sum_of_squared_weights(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

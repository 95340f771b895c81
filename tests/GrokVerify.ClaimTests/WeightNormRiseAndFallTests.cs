using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="WeightNormRiseAndFall"/>
internal sealed class WeightNormRiseAndFallTests : RunClaimTests<WeightNormRiseAndFall>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_sum_of_squared_weights_rises_and_then_falls_below_its_beginning(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

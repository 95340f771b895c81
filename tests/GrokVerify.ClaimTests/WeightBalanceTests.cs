using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="WeightBalance"/>
internal sealed class WeightBalanceTests : RunClaimTests<WeightBalance>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Matrices_that_are_multiplied_end_with_the_same_norm(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

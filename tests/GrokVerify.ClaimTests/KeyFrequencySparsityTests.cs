using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="KeyFrequencySparsity"/>
internal sealed class KeyFrequencySparsityTests : RunClaimTests<KeyFrequencySparsity>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_computes_with_few_key_frequencies(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

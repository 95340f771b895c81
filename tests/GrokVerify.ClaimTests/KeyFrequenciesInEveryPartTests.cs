using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="KeyFrequenciesInEveryPart"/>
internal sealed class KeyFrequenciesInEveryPartTests : RunClaimTests<KeyFrequenciesInEveryPart>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Every_part_is_made_of_the_frequencies_of_the_logits(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

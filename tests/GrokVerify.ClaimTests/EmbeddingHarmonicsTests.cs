using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="EmbeddingHarmonics"/>
internal sealed class EmbeddingHarmonicsTests : RunClaimTests<EmbeddingHarmonics>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Further_lines_of_the_embedding_sit_at_doubled_key_frequencies(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

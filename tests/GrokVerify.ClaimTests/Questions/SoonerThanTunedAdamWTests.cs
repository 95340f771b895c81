using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="SoonerThanTunedAdamW"/>
internal sealed class SoonerThanTunedAdamWTests : QuestionTests<SoonerThanTunedAdamW>
{
    protected override IReadOnlyList<string> Again => [];
}

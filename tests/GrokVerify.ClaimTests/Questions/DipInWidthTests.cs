using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="DipInWidth"/>
internal sealed class DipInWidthTests : QuestionTests<DipInWidth>
{
    protected override IReadOnlyList<string> Again => ["pairs23-width4-seed0"];
}

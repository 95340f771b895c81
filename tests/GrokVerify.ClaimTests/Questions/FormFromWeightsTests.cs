using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="FormFromWeights"/>
internal sealed class FormFromWeightsTests : QuestionTests<FormFromWeights>
{
    protected override IReadOnlyList<string> Again => ["memorized-seed0", "memorized-seed1"];

    [Test]
    [Category("Control")]
    public void Networks_that_have_memorized_refute_it() => RequireRefutedBy(
        Exchanged(trial => Named($"memorized-seed{trial.Plan.Config.Seed % 5}")), "accuracy of the closed form, median");
}

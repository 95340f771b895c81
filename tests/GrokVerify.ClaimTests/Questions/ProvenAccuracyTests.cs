using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="ProvenAccuracy"/>
internal sealed class ProvenAccuracyTests : QuestionTests<ProvenAccuracy>
{
    protected override IReadOnlyList<string> Again => ["memorized-seed0", "memorized-seed1"];

    [Test]
    [Category("Control")]
    public void Networks_that_have_memorized_refute_it() => RequireRefutedBy(
        Exchanged(trial => Named($"memorized-seed{trial.Plan.Config.Seed % 5}")), "proven accuracy over the true one, median");

    [Test]
    [Category("Control")]
    public void A_proof_of_what_was_memorized_refutes_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Name.StartsWith("memorized", StringComparison.Ordinal) ? Named("grokked-seed0") : trial), "proven accuracy of a memorized network, the largest");
}

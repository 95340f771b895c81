using GrokVerify.Claims.Questions;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="WidthToGrok"/>
internal sealed class WidthToGrokTests : QuestionTests<WidthToGrok>
{
    /// <summary>The other way round: a network of few neurons finds what one of many spreads over more.</summary>
    protected override IReadOnlyList<string> NotMet => ["neurons that it takes to find the circuit, over those that a network of 512 needs once it is found"];

    protected override IReadOnlyList<string> Again => ["neurons256-width128-heads4-seed1"];

    [Test]
    [Category("Control")]
    public void Networks_of_which_the_narrowest_generalizes_too_refute_it() => RequireRefutedBy(
        Exchanged(_ => Named("neurons512-width128-heads4-seed0")), "neurons with which half of the seeds generalize", "d_model with which half of the seeds generalize");

    [Test]
    [Category("Control")]
    public void Networks_of_one_head_that_do_not_generalize_refute_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Config.Model.Heads == 1 ? Named("neurons4-width128-heads4-seed0") : trial), "share of seeds that generalize with one head");

    /// <summary>What refutes the claim is not the rule itself.</summary>
    [Test]
    [Category("Control")]
    public void Networks_that_need_few_neurons_once_they_have_grokked_would_show_that_most_only_find_the_circuit() =>
        Exchanged(trial => trial with { Measures = [.. trial.Measures.Select(measure => measure is null ? measure : 20)] }).Findings.Should().OnlyContain(finding => finding.Holds);
}

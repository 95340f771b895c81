using GrokVerify.Claims.Questions;
using GrokVerify.Judging;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="StudentOfLogits"/>
internal sealed class StudentOfLogitsTests : QuestionTests<StudentOfLogits>
{
    private const string Fewer = "neurons with which half of the students succeed from labels, over those from the teacher's logits";

    /// <summary>Labels serve as well: eight neurons are enough from either.</summary>
    protected override IReadOnlyList<string> NotMet => [Fewer];

    protected override IReadOnlyList<string> Again => ["labels-neurons64-seed4"];

    /// <summary>What refutes it is not the rule itself.</summary>
    [Test]
    [Category("Control")]
    public void Labels_that_take_three_times_the_neurons_would_show_that_logits_help() => Exchanged(trial => trial.Plan.Config.Model.DMlp switch
    {
        < 16 => trial with { Generalized = null },
        < 32 when trial.Plan.Teacher is null => trial with { Generalized = null },
        _ => trial,
    }).Findings.Should().OnlyContain(finding => finding.Holds);

    [Test]
    [Category("Control")]
    public void A_student_that_succeeds_without_a_rule_refutes_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Name == "taught-without-rule-neurons64-seed3" ? Named(Of("taught", trial)) with { Generalized = 100 } : trial), "share of students that succeed whose teacher has no rule");

    [Test]
    [Category("Control")]
    public void Logits_that_take_longer_than_labels_refute_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Teacher?.Config.LabelRule == LabelRule.Sum ? trial with { Generalized = null } : trial), "epochs that 64 neurons take from logits, over those from labels");

    [Test]
    [Category("Control")]
    public void Students_that_all_fail_are_not_as_soon_as_each_other() => RequireRefutedBy(
        Exchanged(trial => trial with { Generalized = null }), [.. Question.Statistics.Select(statistic => statistic.Name).Where(name => !name.StartsWith("share", StringComparison.Ordinal))]);

    private static string Of(string kind, Trial trial) => FormattableString.Invariant($"{kind}-neurons{trial.Plan.Config.Model.DMlp}-seed{trial.Plan.Config.Seed}");
}

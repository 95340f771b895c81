using GrokVerify.Claims.Questions;
using GrokVerify.Judging;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests.Questions;

/// <inheritdoc cref="StudentOfLogits"/>
internal sealed class StudentOfLogitsTests : QuestionTests<StudentOfLogits>
{
    protected override IReadOnlyList<string> Again => ["taught-without-rule-neurons64-seed0"];

    [Test]
    [Category("Control")]
    public void Students_that_labels_serve_as_well_refute_it() => RequireRefutedBy(
        Exchanged(trial => trial.Plan.Teacher?.Config.LabelRule == LabelRule.Sum ? Named(Of("labels", trial)) : trial), "neurons with which half of the students succeed from labels, over those from the teacher's logits");

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

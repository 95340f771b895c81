using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.Tests.ClaimRules;

[Category("Fast")]
internal sealed class QuestionPlanTests
{
    private static IEnumerable<QuestionClaim> Questions => ClaimCatalog.OfQuestions;

    [TestCaseSource(nameof(Questions))]
    public void Names_tell_the_runs_of_a_question_apart_and_fit_into_a_table(QuestionClaim question)
    {
        PlannedRun[] plans = [.. NothingLearned(question).Select(trial => trial.Plan)];
        plans.Should().HaveCount(question.Trainings);
        plans.Select(plan => plan.Name).Should().OnlyHaveUniqueItems();
        plans.Should().OnlyContain(plan => plan.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || letter == '.'));
        question.Plan.Select(plan => plan.Request).Should().OnlyHaveUniqueItems("nothing is trained twice");
        question.Columns.Should().OnlyHaveUniqueItems();
    }

    [TestCaseSource(nameof(Questions))]
    public void Every_run_of_a_question_can_be_trained(QuestionClaim question)
    {
        PlannedRun[] plans = [.. NothingLearned(question).Select(trial => trial.Plan)];
        foreach (PlannedRun plan in plans.Concat(plans.SelectMany(plan => plan.Before)))
        {
            FluentActions.Invoking(plan.Config.Validate).Should().NotThrow(plan.Name);
            FluentActions.Invoking(plan.Schedule.Validate).Should().NotThrow(plan.Name);
        }
    }

    [TestCaseSource(nameof(Questions))]
    public void Trainings_in_which_nothing_was_learned_do_not_answer_it(QuestionClaim question)
    {
        ClaimResult result = question.Judge(NothingLearned(question));

        result.Verdict.Should().Be(Verdict.DoesNotHold);
        result.Findings.Select(finding => finding.Statistic).Should().Equal(question.Statistics);
    }

    [Test]
    public void A_run_is_asked_for_with_the_runs_that_come_before_it()
    {
        PlannedRun[] plans = [.. Questions.SelectMany(question => question.Plan)];

        plans.Should().OnlyContain(plan => plan.Request.Teacher == (plan.Teacher == null ? null : plan.Teacher.Request) && plan.Request.From == (plan.From == null ? null : plan.From.Request) && plan.Request.Transfer == plan.Transfer);
        plans.Count(plan => plan.Request.Teacher is not null).Should().Be(60, "30 students have a teacher, 30 one without a rule");
    }

    private static IReadOnlyList<Trial> NothingLearned(QuestionClaim question) => question.Follow(due => [.. due.Select(plan => Nothing(question, plan))]);

    private static Trial Nothing(QuestionClaim question, PlannedRun plan) =>
        new(plan, plan.Schedule.Epochs, null, null, 0.02, 0.02, 0.02, 0, 0, 4, 4, 4, 100, [.. question.Columns.Select(_ => (double?)null)]);
}

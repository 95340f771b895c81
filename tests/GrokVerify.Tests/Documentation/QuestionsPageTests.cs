using GrokVerify.Analysis;
using GrokVerify.Claims;
using GrokVerify.Claims.Questions;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Documentation;

/// <summary>docs/questions.md says of every question what its committed trainings say.</summary>
[Category("Fast")]
internal sealed class QuestionsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot(), "docs", "questions.md")).ReplaceLineEndings("\n");

    private static IEnumerable<QuestionClaim> Questions => ClaimCatalog.OfQuestions;

    [TestCaseSource(nameof(Questions))]
    public void A_question_stands_there_with_its_rules_and_where_it_was_answered_with_their_outcome_and_a_picture(QuestionClaim question)
    {
        string table = Path.Combine(GoldenFolder.OfThisRepository.Path, "questions", $"{question.Id}.csv");
        Page.Should().Contain($"question {question.Id}`");
        if (!File.Exists(table))
        {
            Page.Should().Contain($"## {question.Question}\n\nNot answered yet: ");
            Page.Should().Contain($"| rule | bound |\n|---|---|\n{string.Join('\n', question.Statistics.Select(statistic => $"| {statistic.Name} | {statistic.Rule} |"))}\n");
            return;
        }

        IReadOnlyList<Trial> trials = TrialTable.Read(question, File.ReadAllText(table));
        string expected = string.Join('\n', question.Judge(trials).Findings.Select(Row));

        Page.Should().Contain($"## {question.Question}\n\n{question.Answer(trials)}\n");
        Page.Should().Contain($"](images/question-{question.Id}.png)");
        Page.Should().Contain($"| rule | bound | measured | |\n|---|---|---|---|\n{expected}\n");
    }

    [Test]
    public void The_ways_to_grok_sooner_stand_there_as_they_were_tuned_and_as_they_came_out()
    {
        var question = new SoonerThanTunedAdamW();
        IReadOnlyList<Trial> trials = TrialTable.Read(question, File.ReadAllText(Path.Combine(GoldenFolder.OfThisRepository.Path, "questions", $"{question.Id}.csv")));
        string expected = string.Join('\n', question.Compared(trials).Select(one => FormattableString.Invariant(
            $"| {one.Way.Name} | `{one.Way.Of(one.Setting, 0).Name.Replace("-seed0", "", StringComparison.Ordinal)}` | {one.Arrived} | {one.Steps:0} | {one.OverAdamW} | {one.OverWithout} |")));

        Page.Should().Contain($"| way | setting | of ten seeds | steps | over tuned AdamW | over the same without it |\n|---|---|---|---|---|---|\n{expected}\n");
    }

    private static string Row(Finding finding) =>
        $"| {finding.Statistic.Name} | {finding.Statistic.Rule} | {(finding.Measured is double measured ? NumberFormat.Measure(measured) : finding.Absence)} | {(finding.Holds ? "met" : "**not met**")} |";
}

using GrokVerify.Claims;
using GrokVerify.Cli.Reports;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>The questions that the paper leaves open, each with its answer and a picture, from the committed tables of their trainings.</summary>
internal static class QuestionSection
{
    public static PageSection Of()
    {
        (QuestionClaim Question, IReadOnlyList<Trial> Trials)[] answered = [.. ClaimCatalog.OfQuestions.Select(question => (question, TrialTable.Read(question, PageFiles.Text($"Questions/{question.Id}.csv"))))];
        return new PageSection(
            "questions",
            "Questions that the paper leaves open",
            "Each was asked with rules fixed before its trainings, and with what would have refuted it. The trainings are those of the committed tables; the verb question does them again.")
        {
            Content = [PageTables.Of(Table(answered.Select(one => one.Question.Judge(one.Trials))))],
            Charts = [.. answered.Select(one => QuestionCharts.Of(one.Question, one.Trials))],
        };
    }

    private static ReportTable Table(IEnumerable<ClaimResult> results) => new(
        "Answers",
        [ReportColumn.Text("what was asked"), ReportColumn.Text("rule"), ReportColumn.Number("measured"), ReportColumn.Text("outcome")],
        [.. results.SelectMany(result => result.Findings.Select(finding => (string[])
        [
            finding.Statistic.Name, finding.Statistic.Rule, finding.Measured is double measured ? NumberFormat.Measure(measured) : finding.Absence!, finding.Holds ? "met" : "not met",
        ]))]);
}

using GrokVerify.Claims;
using GrokVerify.Cli.Reports;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>The questions that the paper leaves open, each with its answer and a picture, from the committed tables of their trainings; not those that nothing was trained for yet.</summary>
internal static class QuestionSection
{
    /// <summary>Those that have a table.</summary>
    public static IEnumerable<QuestionClaim> Answered => ClaimCatalog.OfQuestions.Where(question => PageFiles.Has(Table(question)));

    public static PageSection Of()
    {
        (QuestionClaim Question, IReadOnlyList<Trial> Trials)[] answered = [.. Answered.Select(question => (question, TrialTable.Read(question, PageFiles.Text(Table(question)))))];
        return new PageSection(
            "questions",
            "Questions that the paper leaves open",
            "Each has its rules, and trainings that could have refuted it. They are those of the committed tables; the verb question does them again.")
        {
            Content = [PageTables.Of(Table(answered.Select(one => one.Question.Judge(one.Trials))))],
            Charts = [.. answered.Select(one => QuestionCharts.Of(one.Question, one.Trials))],
        };
    }

    private static string Table(QuestionClaim question) => $"Questions/{question.Id}.csv";

    private static ReportTable Table(IEnumerable<ClaimResult> results) => new(
        "Answers",
        [ReportColumn.Text("what was asked"), ReportColumn.Text("rule"), ReportColumn.Number("measured"), ReportColumn.Text("outcome")],
        [.. results.SelectMany(result => result.Findings.Select(finding => (string[])
        [
            finding.Statistic.Name, finding.Statistic.Rule, finding.Measured is double measured ? NumberFormat.Measure(measured) : finding.Absence!, finding.Holds ? "met" : "not met",
        ]))]);
}

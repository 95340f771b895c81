using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Measures;
using GrokVerify.Training;

namespace GrokVerify.Cli.Reproduction;

/// <summary>What was found, as tables: measured beside published, where the setting is the paper's.</summary>
internal static class ReproductionTables
{
    private const string Absent = "-";

    public static IReadOnlyList<ReportTable> All(Findings findings) =>
        [Phases(findings), KeyFrequencies(findings), Measures(findings), Ablations(findings), ClaimTables.Statistics(findings.Claims, findings.IsMainline), ClaimTables.Verdicts(findings.Claims)];

    private static ReportTable Phases(Findings findings)
    {
        string[] Row(string name, Phase phase, PublishedValue published) =>
        [
            name,
            phase.Begin is long begin ? $"{Quantities.Count(begin)} to {(phase.End is long end ? Quantities.Count(end) : "?")}" : Absent,
            .. Published(findings, published),
            phase.Absence ?? "",
        ];
        string[][] rows =
        [
            Row("memorization", findings.Phases.Memorization, PublishedMainline.Memorization),
            Row("circuit formation", findings.Phases.CircuitFormation, PublishedMainline.CircuitFormation),
            Row("cleanup", findings.Phases.Cleanup, PublishedMainline.Cleanup),
        ];
        bool isComplete = rows.All(row => row[^1].Length == 0);
        return new ReportTable(
            "Phases, in epochs",
            [
                ReportColumn.Text("phase"), ReportColumn.Number("measured"), .. PublishedColumns(findings),
                .. isComplete ? Array.Empty<ReportColumn>() : [ReportColumn.Text("why a bound is missing")],
            ],
            [.. rows.Select(row => isComplete ? row[..^1] : row)]);
    }

    private static ReportTable KeyFrequencies(Findings findings)
    {
        ProgressMeasures last = findings.Evidence.FinalMeasures;
        IEnumerable<string[]> rows = findings.Evidence.KeyFrequencies.Frequencies.Select(k => new[]
        {
            Quantities.Count(k),
            Quantities.Measure(last.Alpha[k - 1]),
            Quantities.Loss(last.ExcludedTrainByFrequency![k].Loss),
            Quantities.Loss(findings.Evidence.Ablations[$"frequency_{k}_removed"].Loss),
        });
        string? absence = findings.Evidence.KeyFrequencies.AbsenceReason;
        string? published = findings.IsMainline ? $"The paper's network has {PublishedMainline.KeyFrequencies}; which frequencies a network comes to use depends on its seed." : null;
        return new ReportTable(
            "Key frequencies",
            [ReportColumn.Number("k"), ReportColumn.Number("alpha"), ReportColumn.Number("excluded loss of k, train pairs"), ReportColumn.Number("loss without k, all pairs")],
            [.. rows],
            absence ?? published);
    }

    private static ReportTable Measures(Findings findings) => new(
        $"Progress measures at epoch {Quantities.Count(findings.Evidence.Curve.Points[^1].Epoch)}",
        [ReportColumn.Text("measure"), ReportColumn.Number("measured"), .. PublishedColumns(findings)],
        [.. Comparison.Of(findings).Select(line => (string[])[line.Name, line.Shown, .. Published(findings, line.Published)])],
        findings.IsMainline ? "The paper's network was trained for 40,000 epochs; this one until it had grokked and cleaned up, unless asked otherwise." : null);

    private static ReportTable Ablations(Findings findings)
    {
        string[] Row(string name, LossAndAccuracy result, PublishedValue published) =>
            [name, Quantities.Loss(result.Loss), Quantities.Share(result.Accuracy), .. Published(findings, published)];
        IEnumerable<string[]> rows = findings.Evidence.Ablations.Select(entry =>
            Row(AnalysisTables.Words(entry.Key), entry.Value, PublishedMainline.Ablations.GetValueOrDefault(entry.Key, PublishedValue.None)));
        return new ReportTable(
            "Ablations: loss and accuracy on all pairs",
            [ReportColumn.Text("intervention"), ReportColumn.Number("loss"), ReportColumn.Number("accuracy"), .. PublishedColumns(findings)],
            [Row("none", findings.Evidence.FinalMeasures.All, PublishedMainline.LossAll), .. rows]);
    }

    private static ReportColumn[] PublishedColumns(Findings findings) =>
        findings.IsMainline ? [ReportColumn.Number("published"), ReportColumn.Text("source")] : [];

    private static string[] Published(Findings findings, PublishedValue published) => findings.IsMainline ? [published.Value, published.Source] : [];
}

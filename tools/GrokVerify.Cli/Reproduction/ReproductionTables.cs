using GrokVerify.Ablations;
using GrokVerify.Claims;
using GrokVerify.Cli.Reports;
using GrokVerify.Engines;
using GrokVerify.Measures;

namespace GrokVerify.Cli.Reproduction;

/// <summary>What was found, as tables: measured beside published, where the setting is the paper's.</summary>
internal static class ReproductionTables
{
    private const string Absent = "-";

    public static IReadOnlyList<ReportTable> All(ReproductionResult reproduction) =>
        [.. OfMeasures(reproduction), ClaimTables.Statistics(reproduction.Judged, reproduction.IsMainline), ClaimTables.Verdicts(reproduction.Claims)];

    /// <summary>Those without the claims.</summary>
    public static IReadOnlyList<ReportTable> OfMeasures(ReproductionResult reproduction) => [Phases(reproduction), KeyFrequencies(reproduction), Measures(reproduction), Ablations(reproduction)];

    private static ReportTable Phases(ReproductionResult reproduction)
    {
        string[] Row(string name, Phase phase, PublishedValue published) =>
        [
            name,
            phase.Begin is long begin ? $"{NumberFormat.Count(begin)} to {(phase.End is long end ? NumberFormat.Count(end) : "?")}" : Absent,
            .. Published(reproduction, published),
            phase.Absence ?? "",
        ];
        string[][] rows =
        [
            Row("memorization", reproduction.Phases.Memorization, PublishedMainline.Memorization),
            Row("circuit formation", reproduction.Phases.CircuitFormation, PublishedMainline.CircuitFormation),
            Row("cleanup", reproduction.Phases.Cleanup, PublishedMainline.Cleanup),
        ];
        bool isComplete = rows.All(row => row[^1].Length == 0);
        return new ReportTable(
            "Phases, in epochs",
            [
                ReportColumn.Text("phase"), ReportColumn.Number("measured"), .. PublishedColumns(reproduction),
                .. isComplete ? Array.Empty<ReportColumn>() : [ReportColumn.Text("why a bound is missing")],
            ],
            [.. rows.Select(row => isComplete ? row[..^1] : row)]);
    }

    private static ReportTable KeyFrequencies(ReproductionResult reproduction)
    {
        ProgressMeasures last = reproduction.Evidence.FinalMeasures;
        IEnumerable<string[]> rows = reproduction.Evidence.KeyFrequencies.Frequencies.Select(k => new[]
        {
            NumberFormat.Count(k),
            NumberFormat.Measure(last.Alpha[k - 1]),
            NumberFormat.Loss(last.ExcludedTrainByFrequency![k].Loss),
            NumberFormat.Loss(reproduction.Evidence.Ablations[Ablation.FrequencyRemoved(k)].Loss),
        });
        string? absence = reproduction.Evidence.KeyFrequencies.AbsenceReason;
        return new ReportTable(
            "Key frequencies",
            [ReportColumn.Number("k"), ReportColumn.Number("alpha"), ReportColumn.Number("excluded loss of k, train pairs"), ReportColumn.Number("loss without k, all pairs")],
            [.. rows],
            absence ?? TheirFrequencies(reproduction));
    }

    private static string? TheirFrequencies(ReproductionResult reproduction)
    {
        if (!reproduction.IsMainline || !AuthorsCodeSeeds.BySeed.TryGetValue(reproduction.Run.Config.Seed, out AuthorsCodeSeeds? theirs))
        {
            return reproduction.IsMainline ? $"The paper's network, seed 0, has {PublishedMainline.KeyFrequencies}; which frequencies a network comes to use depends on its seed." : null;
        }

        string whose = reproduction.Run.Config.Seed == 0 ? "the paper's network" : "the authors' code, run again from the same initial weights";
        string set = string.Join(", ", theirs.KeyFrequencies);
        return reproduction.Evidence.KeyFrequencies.Frequencies.SequenceEqual(theirs.KeyFrequencies) ? $"The same as those of {whose}." : $"Those of {whose}: {set}.";
    }

    private static ReportTable Measures(ReproductionResult reproduction) => new(
        $"Progress measures at epoch {NumberFormat.Count(reproduction.Evidence.Curve.Points[^1].Epoch)}",
        [ReportColumn.Text("measure"), ReportColumn.Number("measured"), .. PublishedColumns(reproduction)],
        [.. Comparison.Of(reproduction).Select(line => (string[])[line.Name, line.Shown, .. Published(reproduction, line.Published)])],
        reproduction.IsMainline ? "The paper's network was trained for 40,000 epochs; this one until it had grokked and cleaned up, unless asked otherwise." : null);

    private static ReportTable Ablations(ReproductionResult reproduction)
    {
        string[] Row(string name, LossAndAccuracy result, PublishedValue published) =>
            [name, NumberFormat.Loss(result.Loss), NumberFormat.Share(result.Accuracy), .. Published(reproduction, published)];
        IEnumerable<string[]> rows = reproduction.Evidence.Ablations.Select(entry =>
            Row(AnalysisTables.Words(entry.Key.Name), entry.Value, PublishedMainline.Ablations.GetValueOrDefault(entry.Key, PublishedValue.None)));
        return new ReportTable(
            "Ablations: loss and accuracy on all pairs",
            [ReportColumn.Text("intervention"), ReportColumn.Number("loss"), ReportColumn.Number("accuracy"), .. PublishedColumns(reproduction)],
            [Row("none", reproduction.Evidence.FinalMeasures.All, PublishedMainline.LossAll), .. rows]);
    }

    private static ReportColumn[] PublishedColumns(ReproductionResult reproduction) =>
        reproduction.IsMainline ? [ReportColumn.Number("published"), ReportColumn.Text("source")] : [];

    private static string[] Published(ReproductionResult reproduction, PublishedValue published) => reproduction.IsMainline ? [published.Value, published.Source] : [];
}

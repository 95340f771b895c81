using GrokVerify.Architectures;
using GrokVerify.Cli.Running;

namespace GrokVerify.Cli.Reports;

/// <summary>The outcomes of the search of architectures as people read them; the CSV holds them with all their digits.</summary>
internal static class SearchTables
{
    public static ReportTable Outcomes(IEnumerable<TrialOutcome> outcomes) => new(
        "Architectures: test accuracy of 0.99 within the horizon, and the key frequencies of the last logits",
        [
            ReportColumn.Text("trial"), ReportColumn.Number("memorized"), ReportColumn.Number("generalized"), ReportColumn.Number("best test accuracy"),
            ReportColumn.Text("key frequencies"), ReportColumn.Number("contrast"), ReportColumn.Number("logit FVE"),
        ],
        [.. outcomes.Select(Row)]);

    private static string[] Row(TrialOutcome outcome) =>
    [
        outcome.Trial.Name,
        Epoch(outcome.Memorized, outcome.Epoch),
        Epoch(outcome.Generalized, outcome.Epoch),
        NumberFormat.Share(outcome.BestTestAccuracy),
        string.Join(", ", outcome.KeyFrequencies),
        NumberFormat.Measure(outcome.SpectralContrast),
        outcome.LogitFve is double fve ? NumberFormat.Share(fve) : "-",
    ];

    private static string Epoch(long? epoch, long last) => epoch is long reached ? NumberFormat.Count(reached) : $"not by {NumberFormat.Count(last)}";
}

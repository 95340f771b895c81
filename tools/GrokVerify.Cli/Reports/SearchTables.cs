using GrokVerify.Judging;
using GrokVerify.Model;

namespace GrokVerify.Cli.Reports;

/// <summary>What came of the trials of the search, as people read it and as CSV with all digits: a row for each trial, lists of frequencies with spaces between.</summary>
internal static class SearchTables
{
    private static readonly string[] Columns =
    [
        "trial", "architecture", "p", "fraction", "heads", "d_model", "d_mlp", "weight_decay", "labels", "seed", "horizon",
        "epoch", "memorized", "generalized", "train_accuracy", "best_test_accuracy", "test_accuracy", "test_loss",
        "key_frequencies", "spectral_contrast", "logit_fve", "head_frequencies", "mean_head_fve",
    ];

    public static ReportTable Outcomes(IEnumerable<TrialOutcome> outcomes) => new(
        "Architectures: test accuracy of 0.99 within the horizon, and the key frequencies of the last logits",
        [
            ReportColumn.Text("trial"), ReportColumn.Number("memorized"), ReportColumn.Number("generalized"), ReportColumn.Number("best test accuracy"),
            ReportColumn.Text("key frequencies"), ReportColumn.Number("contrast"), ReportColumn.Number("logit FVE"),
        ],
        [.. outcomes.Select(Row)]);

    /// <exception cref="Formats.StorageException">The file could not be written.</exception>
    public static void Write(string path, IEnumerable<TrialOutcome> outcomes) => CsvFile.Write(path, Columns, outcomes.Select(Cells));

    private static string[] Row(TrialOutcome outcome) =>
    [
        outcome.Plan.Name,
        Epoch(outcome.Memorized, outcome.Epoch),
        Epoch(outcome.Generalized, outcome.Epoch),
        NumberFormat.Share(outcome.BestTestAccuracy),
        string.Join(", ", outcome.KeyFrequencies),
        NumberFormat.Measure(outcome.SpectralContrast),
        outcome.LogitFve is double fve ? NumberFormat.Share(fve) : "-",
    ];

    private static string Epoch(long? epoch, long last) => epoch is long reached ? NumberFormat.Count(reached) : $"not by {NumberFormat.Count(last)}";

    private static object?[] Cells(TrialOutcome outcome)
    {
        Engines.TrainingConfig config = outcome.Plan.Config;
        TransformerConfig network = config.Model;
        return
        [
            outcome.Plan.Name, outcome.Plan.Name[..outcome.Plan.Name.IndexOf("-p", StringComparison.Ordinal)], network.Prime, config.TrainFraction, network.Heads,
            network.DModel, network.AttentionOnly ? 0 : network.DMlp, config.WeightDecay, config.LabelRule.ToString().ToLowerInvariant(), config.Seed, outcome.Plan.Schedule.Epochs,
            outcome.Epoch, outcome.Memorized, outcome.Generalized, outcome.TrainAccuracy, outcome.BestTestAccuracy, outcome.TestAccuracy, outcome.TestLoss,
            string.Join(' ', outcome.KeyFrequencies), outcome.SpectralContrast, outcome.LogitFve, string.Join(' ', outcome.HeadFrequencies), outcome.MeanHeadFve,
        ];
    }
}

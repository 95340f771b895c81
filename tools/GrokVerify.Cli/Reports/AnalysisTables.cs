using GrokVerify.Analysis;
using GrokVerify.Engines;

namespace GrokVerify.Cli.Reports;

/// <summary>The analysis of one network as tables.</summary>
internal static class AnalysisTables
{
    private const string Absent = "-";
    private const string AblationPrefix = "ablations.";

    public static ReportTable Measures(ModelAnalysis analysis)
    {
        IReadOnlyDictionary<string, string> reasons = analysis.Reasons;
        string[] Row(string label, string? value, string member) => [label, value ?? Absent, value is null ? reasons.GetValueOrDefault(member, "") : ""];
        string[][] rows =
        [
            Row("train fraction", analysis.TrainFraction is double fraction ? NumberFormat.Measure(fraction) : null, "train_fraction"),
            Row("seed", analysis.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture), "seed"),
            Row("shuffle", analysis.Split, "split"),
            Row("accuracy, all pairs", NumberFormat.Share(analysis.Accuracy), "accuracy"),
            Row("loss, all pairs", NumberFormat.Loss(analysis.LossAll), "loss_all"),
            Row("loss, train pairs", Loss(analysis.LossTrain), "loss_train"),
            Row("loss, test pairs", Loss(analysis.LossTest), "loss_test"),
            Row("spectral contrast", NumberFormat.Measure(analysis.SpectralContrast), "spectral_contrast"),
            Row("logit FVE of the key frequencies", analysis.LogitFve is double fve ? NumberFormat.Share(fve) : null, "logit_fve"),
            Row("restricted loss, all pairs", Loss(analysis.RestrictedLoss), "restricted_loss"),
            Row("restricted accuracy, all pairs", analysis.RestrictedAccuracy is double share ? NumberFormat.Share(share) : null, "restricted_accuracy"),
            Row("excluded loss, train pairs", Loss(analysis.ExcludedLossTrain), "excluded_loss_train"),
            Row("excluded loss of all frequencies, train pairs", Loss(analysis.ExcludedLossAllFrequenciesTrain), "excluded_loss_all_frequencies_train"),
            Row("Gini coefficient of the embedding", NumberFormat.Share(analysis.GiniEmbedding), "gini_embedding"),
            Row("Gini coefficient of the neuron-logit map", analysis.GiniNeuronLogitMap is double gini ? NumberFormat.Share(gini) : null, "gini_neuron_logit_map"),
            Row("neurons of FVE above 0.85", analysis.NeuronCount is null ? null : $"{analysis.NeuronsAbove085} of {analysis.NeuronCount}", "neurons_above_085"),
            Row("sum of squared weights", NumberFormat.Measure(analysis.SumSquaredWeights), "sum_squared_weights"),
            Row("distance irrelevance", analysis.DistanceIrrelevance is double distance ? NumberFormat.Measure(distance) : null, "distance_irrelevance"),
            Row("gradient symmetricity", analysis.GradientSymmetricity is double symmetricity ? NumberFormat.Measure(symmetricity) : null, "gradient_symmetricity"),
            Row("algorithm, by these two", analysis.Algorithm, "algorithm"),
        ];
        bool isComplete = rows.All(row => row[2].Length == 0);
        return new ReportTable(
            $"Progress measures, p = {analysis.Prime}{(analysis.Epoch is long epoch ? $", epoch {NumberFormat.Count(epoch)}" : "")}",
            [ReportColumn.Text("measure"), ReportColumn.Number("value"), .. isComplete ? Array.Empty<ReportColumn>() : [ReportColumn.Text("why absent")]],
            [.. rows.Select(row => isComplete ? row[..2] : row)]);
    }

    /// <summary>The key frequencies one by one; null without a key set.</summary>
    public static ReportTable? KeyFrequencies(ModelAnalysis analysis)
    {
        if (analysis is not { KeyFrequencies: { } keys, Alpha: { } alpha })
        {
            return null;
        }

        IEnumerable<string[]> rows = keys.Select((k, i) => new[]
        {
            NumberFormat.Count(k),
            NumberFormat.Measure(alpha[i]),
            analysis.ExcludedLossByFrequency is { } excluded ? NumberFormat.Loss(excluded[k]) : Absent,
        });
        return new ReportTable(
            "Key frequencies",
            [ReportColumn.Number("k"), ReportColumn.Number("alpha"), ReportColumn.Number("excluded loss of k, train pairs")],
            [.. rows]);
    }

    public static ReportTable Ablations(ModelAnalysis analysis)
    {
        IEnumerable<string[]> rows = analysis.Ablations.Select(entry => Ablation(entry.Key.Name, entry.Value));
        string leftOut = string.Join("; ", analysis.Reasons.Where(reason => reason.Key.StartsWith(AblationPrefix, StringComparison.Ordinal)).GroupBy(reason => reason.Value)
            .Select(group => $"left out, for {group.Key}: {string.Join(", ", group.Select(reason => Words(reason.Key[AblationPrefix.Length..])))}"));
        return new ReportTable(
            "Ablations, on all pairs",
            [ReportColumn.Text("intervention"), ReportColumn.Number("loss"), ReportColumn.Number("accuracy")],
            [["none (over the classes of the training loss)", NumberFormat.Loss(analysis.LossAll), NumberFormat.Share(analysis.Accuracy)], .. rows],
            leftOut.Length > 0 ? leftOut : null);
    }

    private static string[] Ablation(string name, LossAndAccuracy result) => [Words(name), NumberFormat.Loss(result.Loss), NumberFormat.Share(result.Accuracy)];

    public static string Words(string name) => name.Replace('_', ' ').Replace("mlp", "MLP", StringComparison.Ordinal);

    private static string? Loss(double? loss) => loss is double value ? NumberFormat.Loss(value) : null;
}

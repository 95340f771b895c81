using System.Globalization;
using System.Text;
using GrokVerify.Engines;
using GrokVerify.Measures;

namespace GrokVerify.Analysis;

/// <summary>
/// The progress measures of a run as CSV: a header line, then a line for each checkpoint; numbers in invariant culture with all their digits, nothing for
/// a measure that is absent. Losses and accuracies run over all pairs where the column does not name a half.
/// </summary>
internal static class MeasuresCsv
{
    /// <summary>The whole text, lines ending in a line feed.</summary>
    public static string Of(MeasureCurve curve)
    {
        IReadOnlyList<int> keys = curve.KeyFrequencies.Frequencies;
        string[] tensors = [.. curve.Points[^1].Measures.SumSquaredWeightsByTensor.Keys];
        var text = new StringBuilder();
        void AddLine(IEnumerable<string> cells) => text.AppendJoin(',', cells).Append('\n');
        AddLine(
        [
            "epoch",
            .. BothNames("all"), .. BothNames("train"), .. BothNames("test"),
            .. BothNames("restricted"), .. BothNames("restricted_train"), .. BothNames("restricted_test"), .. BothNames("excluded_train"), .. BothNames("excluded_all_frequencies_train"), .. BothNames("excluded"),
            .. keys.Select(k => $"excluded_train_loss_of_{k}"),
            "spectral_contrast", "logit_fve", "gini_embedding", "gini_neuron_logit_map", "neurons_above_085", "mean_neuron_fve",
            "sum_squared_weights", .. tensors.Select(name => $"sum_squared_{name}"),
        ]);
        foreach ((long epoch, ProgressMeasures at) in curve.Points)
        {
            double?[] values =
            [
                .. Both(at.All), .. Both(at.Train), .. Both(at.Test),
                .. Both(at.Restricted), .. Both(at.RestrictedTrain), .. Both(at.RestrictedTest), .. Both(at.ExcludedTrain), .. Both(at.ExcludedAllFrequenciesTrain), .. Both(at.Excluded),
                .. keys.Select(k => at.ExcludedTrainByFrequency?[k].Loss),
                at.SpectralContrast, at.LogitFve, at.GiniEmbedding, at.GiniNeuronLogitMap, at.PureNeurons, at.MeanNeuronFve,
                at.SumSquaredWeights, .. tensors.Select(name => (double?)at.SumSquaredWeightsByTensor[name]),
            ];
            AddLine([epoch.ToString(CultureInfo.InvariantCulture), .. values.Select(value => value?.ToString("R", CultureInfo.InvariantCulture) ?? "")]);
        }

        return text.ToString();
    }

    private static string[] BothNames(string name) => [$"{name}_loss", $"{name}_accuracy"];

    private static double?[] Both(LossAndAccuracy? result) => [result?.Loss, result?.Accuracy];
}

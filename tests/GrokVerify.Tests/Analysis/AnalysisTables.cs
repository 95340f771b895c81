using GrokVerify.Ablations;
using GrokVerify.Analysis;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Golden;
using GrokVerify.Measures;

namespace GrokVerify.Tests.Analysis;

/// <summary>What is golden of an analysis, as CSV with its tolerances.</summary>
internal static class AnalysisTables
{
    /// <summary>
    /// Spectra are sums of at most p^3 = 1.4 million float64 terms whose order is fixed; machines differ only in the last bit of sine and
    /// cosine, 1.1e-16 relative. Those errors add up like a random walk to 1e-13 of the largest value; 1e-10 of it leaves three digits.
    /// </summary>
    private static readonly ColumnTolerance Spectral = ColumnTolerance.Within(relative: 1e-9, absolute: 1e-9);

    /// <summary>A loss exp(-gap) inherits the absolute error of the logits as its relative one: logits of about 100 times 1e-13.</summary>
    private static readonly ColumnTolerance Loss = ColumnTolerance.Within(relative: 1e-8);

    public static string Spectra(NetworkSpectra network)
    {
        var csv = new NumericCsvWriter(
            ("frequency", ColumnTolerance.Exact), ("alpha", Spectral), ("embedding_norm", Spectral), ("neuron_logit_map_norm", Spectral));
        for (int k = 1; k <= network.Alpha.Values.Count; k++)
        {
            csv.AddRow(k, network.Alpha[k], network.Embedding.FrequencyNorms[k - 1], network.NeuronLogitMap.FrequencyNorms[k - 1]);
        }

        return csv.ToString();
    }

    public static string Measures(ModelAnalysis analysis)
    {
        var csv = new NumericCsvWriter(("measure", ColumnTolerance.Exact), ("value", ColumnTolerance.Within(relative: 1e-8).OrNaN()));
        csv.AddRow("epoch", analysis.Epoch!);
        csv.AddRow("accuracy", analysis.Accuracy);
        csv.AddRow("loss_all", analysis.LossAll);
        csv.AddRow("loss_train", analysis.LossTrain!);
        csv.AddRow("loss_test", analysis.LossTest!);
        csv.AddRow("key_frequency_count", analysis.KeyFrequencies?.Count ?? 0);
        csv.AddRow("spectral_contrast", analysis.SpectralContrast);
        csv.AddRow("logit_fve", analysis.LogitFve ?? double.NaN);
        csv.AddRow("restricted_loss", analysis.RestrictedLoss ?? double.NaN);
        csv.AddRow("excluded_loss_train", analysis.ExcludedLossTrain ?? double.NaN);
        csv.AddRow("excluded_loss_all_frequencies_train", analysis.ExcludedLossAllFrequenciesTrain ?? double.NaN);
        csv.AddRow("gini_embedding", analysis.GiniEmbedding);
        csv.AddRow("gini_neuron_logit_map", analysis.GiniNeuronLogitMap!);
        csv.AddRow("neurons_above_085", analysis.NeuronsAbove085!);
        csv.AddRow("sum_squared_weights", analysis.SumSquaredWeights);
        csv.AddRow("distance_irrelevance", analysis.DistanceIrrelevance!);
        csv.AddRow("gradient_symmetricity", analysis.GradientSymmetricity!);
        return csv.ToString();
    }

    public static string Ablations(ModelAnalysis analysis)
    {
        var csv = new NumericCsvWriter(("ablation", ColumnTolerance.Exact), ("loss", Loss), ("accuracy", ColumnTolerance.Exact));
        foreach ((Ablation ablation, LossAndAccuracy result) in analysis.Ablations)
        {
            csv.AddRow(ablation.Name, result.Loss, result.Accuracy);
        }

        return csv.ToString();
    }

    public static string Curves(MeasureCurve curve)
    {
        var csv = new NumericCsvWriter(
            ("epoch", ColumnTolerance.Exact),
            ("train_loss", Loss),
            ("test_loss", Loss),
            ("test_accuracy", ColumnTolerance.Exact),
            ("restricted_loss", Loss),
            ("restricted_loss_train", Loss),
            ("restricted_loss_test", Loss),
            ("excluded_loss", Loss),
            ("excluded_loss_train", Loss),
            ("excluded_loss_all_frequencies_train", Loss),
            ("logit_fve", Loss),
            ("mean_neuron_fve", Loss));
        foreach ((long epoch, ProgressMeasures measures) in curve.Points)
        {
            csv.AddRow(
                epoch,
                measures.Train!.Value.Loss,
                measures.Test!.Value.Loss,
                measures.Test.Value.Accuracy,
                measures.Restricted!.Value.Loss,
                measures.RestrictedTrain!.Value.Loss,
                measures.RestrictedTest!.Value.Loss,
                measures.Excluded!.Value.Loss,
                measures.ExcludedTrain!.Value.Loss,
                measures.ExcludedAllFrequenciesTrain!.Value.Loss,
                measures.LogitFve!.Value,
                measures.MeanNeuronFve!.Value);
        }

        return csv.ToString();
    }
}

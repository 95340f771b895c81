using GrokVerify.Analysis;
using GrokVerify.Fourier;
using GrokVerify.Golden;
using GrokVerify.Runs;
using GrokVerify.Training;

namespace GrokVerify.Tests.Analysis;

/// <summary>
/// The analysis of two committed checkpoints of the mainline, one that has memorized and one that has grokked: guards the analysis
/// without training.
/// </summary>
[Category("Fast")]
[Category("Golden")]
public class MainlineCheckpointGolden
{
    /// <summary>
    /// Spectra are sums of at most p^3 = 1.4 million float64 terms whose order is fixed; machines differ only in the last bit of sine and
    /// cosine, 1.1e-16 relative. Those errors add up like a random walk to 1e-13 of the largest value; 1e-10 of it leaves three digits.
    /// </summary>
    private static readonly ColumnTolerance Spectral = ColumnTolerance.Within(relative: 1e-9, absolute: 1e-9);

    /// <summary>A loss exp(-gap) inherits the absolute error of the logits as its relative one: logits of about 100 times 1e-13.</summary>
    private static readonly ColumnTolerance Loss = ColumnTolerance.Within(relative: 1e-8);

    private static readonly string[] Checkpoints = ["mainline-memorized", "mainline-grokked"];
    private static readonly Dictionary<string, (NetworkSpectra Network, ModelAnalysis Analysis)> Loaded = [];

    [TestCaseSource(nameof(Checkpoints))]
    public Task Spectra(string checkpoint)
    {
        NetworkSpectra network = Load(checkpoint).Network;
        var csv = new NumericCsvWriter(
            ("frequency", ColumnTolerance.Exact), ("alpha", Spectral), ("embedding_norm", Spectral), ("neuron_logit_map_norm", Spectral));
        for (int k = 1; k <= network.Alpha.Values.Count; k++)
        {
            csv.AddRow(k, network.Alpha[k], network.Embedding.FrequencyNorms[k - 1], network.NeuronLogitMap.FrequencyNorms[k - 1]);
        }

        return Verify(csv.ToString(), "csv");
    }

    [TestCaseSource(nameof(Checkpoints))]
    public Task Measures(string checkpoint)
    {
        ModelAnalysis analysis = Load(checkpoint).Analysis;
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
        csv.AddRow("gini_embedding", analysis.GiniEmbedding);
        csv.AddRow("gini_neuron_logit_map", analysis.GiniNeuronLogitMap);
        csv.AddRow("neurons_above_085", analysis.NeuronsAbove085);
        csv.AddRow("sum_squared_weights", analysis.SumSquaredWeights);
        return Verify(csv.ToString(), "csv");
    }

    [TestCaseSource(nameof(Checkpoints))]
    public Task Ablations(string checkpoint)
    {
        var csv = new NumericCsvWriter(("ablation", ColumnTolerance.Exact), ("loss", Loss), ("accuracy", ColumnTolerance.Exact));
        foreach ((string name, LossAndAccuracy result) in Load(checkpoint).Analysis.Ablations)
        {
            csv.AddRow(name, result.Loss, result.Accuracy);
        }

        return Verify(csv.ToString(), "csv");
    }

    private static (NetworkSpectra Network, ModelAnalysis Analysis) Load(string checkpoint)
    {
        if (!Loaded.TryGetValue(checkpoint, out (NetworkSpectra Network, ModelAnalysis Analysis) loaded))
        {
            Checkpoint file = Checkpoint.Read(Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", checkpoint + ".safetensors"));
            var network = new NetworkSpectra(file.Weights, file.Config.CreateTask());
            Loaded[checkpoint] = loaded = (network, ModelAnalysis.Of(network, file.Config.CreateSplit(), file.State.Epoch));
        }

        return loaded;
    }
}

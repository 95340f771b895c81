using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>
/// The progress measures of one network, judged by a key set that is usually not its own but that of the last checkpoint of its run.
/// What cannot be measured is null, with the reason beside it.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 5.1; neuron and logit FVE sections 4.2 and 4.3. Losses in nats.</remarks>
public sealed record ProgressMeasures
{
    private ProgressMeasures(NetworkSpectra network, KeyFrequencies keys, PairSplit? split)
    {
        PairLosses losses = CrossEntropy.Of(network.Task, network.Logits.Values, network.Task.Classes);
        All = losses.OnAll();
        Alpha = network.Alpha.Values;
        SpectralContrast = network.KeyFrequencies.Contrast;
        GiniEmbedding = network.Embedding.Gini;
        NeuronAbsence = network.NeuronAbsence;
        if (NeuronAbsence is null)
        {
            GiniNeuronLogitMap = network.NeuronLogitMap.Gini;
            NeuronCount = network.Weights.Config.DMlp;
            PureNeurons = network.Neurons.PureCount;
            MeanNeuronFve = network.Neurons.Fractions.Average();
        }

        SumSquaredWeights = network.Weights.SumOfSquares();
        SumSquaredWeightsByTensor = network.Weights.Layout.Tensors.ToDictionary(tensor => tensor.Name, tensor => SumOfSquares(network.Weights[tensor.Name]));
        KeyFrequencies = keys;
        if (split is not null)
        {
            Train = losses.On(split.Train);
            Test = losses.On(split.Test);
            ExcludedAllFrequenciesTrain = ExcludedLoss.OfAllFrequencies(network.Logits).On(split.Train);
        }

        if (keys.Exist)
        {
            LogitFve = network.Alpha.FractionOfVarianceExplained(keys.Frequencies);
            PairLosses restricted = RestrictedLoss.Of(network.Logits, keys.Frequencies);
            PairLosses excluded = ExcludedLoss.Of(network.Logits, keys.Frequencies);
            var byFrequency = keys.Frequencies.ToDictionary(k => k, k => ExcludedLoss.Of(network.Logits, [k]));
            Restricted = restricted.OnAll();
            Excluded = excluded.OnAll();
            ExcludedByFrequency = byFrequency.ToDictionary(entry => entry.Key, entry => entry.Value.OnAll());
            if (split is not null)
            {
                LogitFveTest = network.Alpha.FractionOfVarianceExplained(keys.Frequencies, network.Logits, split.Test);
                RestrictedTrain = restricted.On(split.Train);
                RestrictedTest = restricted.On(split.Test);
                ExcludedTrain = excluded.On(split.Train);
                ExcludedTrainByFrequency = byFrequency.ToDictionary(entry => entry.Key, entry => entry.Value.On(split.Train));
            }
        }

        SplitAbsence = split is null ? NoSplit : null;
    }

    /// <summary>The reason for measures that need a split where none is known.</summary>
    public const string NoSplit = "the train and test halves are not known: give the split's seed and fraction";

    /// <summary>Over the task's classes, on all pairs.</summary>
    public LossAndAccuracy All { get; }

    /// <summary>Over the task's classes, on the train pairs: what training minimises. Null without a split.</summary>
    public LossAndAccuracy? Train { get; }

    /// <summary>Over the task's classes, on the test pairs. Null without a split.</summary>
    public LossAndAccuracy? Test { get; }

    /// <summary>The restricted loss: on all pairs, over p classes. Null without a key set.</summary>
    public LossAndAccuracy? Restricted { get; }

    /// <summary>Its train version. Null without a key set or a split.</summary>
    public LossAndAccuracy? RestrictedTrain { get; }

    /// <summary>Its test version. Null without a key set or a split.</summary>
    public LossAndAccuracy? RestrictedTest { get; }

    /// <summary>The excluded loss of section 5.1: without the key frequencies, on the train pairs, over p classes. Null without a key set or a split.</summary>
    public LossAndAccuracy? ExcludedTrain { get; }

    /// <summary>The excluded loss of figure 7: without any frequency, on the train pairs, over p classes. Null without a split.</summary>
    public LossAndAccuracy? ExcludedAllFrequenciesTrain { get; }

    /// <summary>The excluded loss's version on all pairs. Null without a key set.</summary>
    public LossAndAccuracy? Excluded { get; }

    /// <summary>Excluded loss on all pairs with one key frequency taken out, by that frequency. Null without a key set.</summary>
    public IReadOnlyDictionary<int, LossAndAccuracy>? ExcludedByFrequency { get; }

    /// <summary>Excluded loss on the train pairs with one key frequency taken out, by that frequency. Null without a key set or a split.</summary>
    public IReadOnlyDictionary<int, LossAndAccuracy>? ExcludedTrainByFrequency { get; }

    /// <summary>Sum over all parameters of the squared value.</summary>
    public double SumSquaredWeights { get; }

    /// <summary>The same for each tensor, by the paper's symbol.</summary>
    public IReadOnlyDictionary<string, double> SumSquaredWeightsByTensor { get; }

    /// <summary>Gini coefficient of the frequency norms of W_E, 0..1.</summary>
    public double GiniEmbedding { get; }

    /// <summary>Gini coefficient of the frequency norms of W_L = W_U W_out, 0..1. Null where nothing is said of neurons.</summary>
    public double? GiniNeuronLogitMap { get; }

    /// <summary>alpha_k of this network, k = 1..(p-1)/2.</summary>
    public IReadOnlyList<double> Alpha { get; }

    /// <summary>Spectral contrast of this network's own alpha spectrum, at least 1.</summary>
    public double SpectralContrast { get; }

    /// <summary>Fraction of the logits' variance explained by cos(w_k(a+b-c)), k in the key set; 0..1. Null without a key set.</summary>
    public double? LogitFve { get; }

    /// <summary>The same on the test pairs. Null without a key set or a split.</summary>
    public double? LogitFveTest { get; }

    /// <summary>Neurons with an FVE above 0.85 by one frequency. Null where nothing is said of neurons.</summary>
    public int? PureNeurons { get; }

    /// <summary>d_mlp. Null where nothing is said of neurons.</summary>
    public int? NeuronCount { get; }

    /// <summary>Mean over the neurons of the FVE by the neuron's own frequency, 0..1. Null where nothing is said of neurons.</summary>
    public double? MeanNeuronFve { get; }

    /// <summary>Why the measures of neurons are null; null when they are not.</summary>
    public string? NeuronAbsence { get; }

    /// <summary>The key set that the network is judged by.</summary>
    public KeyFrequencies KeyFrequencies { get; }

    /// <summary>Why the measures that need key frequencies are null; null when they are not.</summary>
    public string? KeyFrequenciesAbsence => KeyFrequencies.AbsenceReason;

    /// <summary>Why the measures that need a split are null; null when they are not.</summary>
    public string? SplitAbsence { get; }

    /// <param name="network">The network.</param>
    /// <param name="keys">The key set to judge by.</param>
    /// <param name="split">The halves; null when unknown.</param>
    public static ProgressMeasures Measure(NetworkSpectra network, KeyFrequencies keys, PairSplit? split) => new(network, keys, split);

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}

using GrokVerify.Ablations;
using GrokVerify.Analysis;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Networks;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>What claims about one network are judged on: its measures, its spectra and every intervention on it.</summary>
/// <remarks>
/// Spectra and interventions are computed together, when one of them is first asked for. What the network computes on all pairs, about 95 MB at p = 113, is needed until then and no longer:
/// claims over seeds, with their controls, hold dozens of these.
/// </remarks>
public sealed class NetworkEvidence
{
    private readonly Lazy<OnAllPairs> _onAllPairs;

    /// <param name="network">The network.</param>
    /// <param name="keyFrequencies">K: its own, unless the evidence is made with another key set to see whether claims notice.</param>
    /// <param name="measures">The network's measures by that key set.</param>
    public NetworkEvidence(NetworkSpectra network, KeyFrequencies keyFrequencies, ProgressMeasures measures)
    {
        Prime = network.Task.Prime;
        AttentionAbsence = network.AttentionAbsence;
        WeightCount = network.Weights.Layout.Count;
        KeyFrequencies = keyFrequencies;
        Measures = measures;
        _onAllPairs = new(() => new OnAllPairs(network, measures));
    }

    /// <summary>Measures a network of a file as the file has it: its halves where they are known, two tokens, attention blended with a constant.</summary>
    /// <exception cref="CheckpointException">A weight is not finite, or too large to be measured.</exception>
    /// <exception cref="LibTorch.LibTorchUnavailableException">The network has several layers, and libtorch does not load.</exception>
    public static NetworkEvidence Measure(NetworkFile file)
    {
        var measured = new MeasuredNetwork(file, file.Splits());
        return Measure(measured.Network, measured.Split);
    }

    /// <summary>Measures a network by its own key set.</summary>
    /// <param name="network">The network.</param>
    /// <param name="split">The halves; null when unknown.</param>
    public static NetworkEvidence Measure(NetworkSpectra network, PairSplit? split) =>
        new(network, network.KeyFrequencies, ProgressMeasures.Measure(network, network.KeyFrequencies, split));

    /// <summary>p.</summary>
    public int Prime { get; }

    /// <summary>How many weights the network has.</summary>
    public int WeightCount { get; }

    public KeyFrequencies KeyFrequencies { get; }

    public ProgressMeasures Measures { get; }

    /// <summary>Why nothing is said of attention; null where the network has one layer.</summary>
    public string? AttentionAbsence { get; }

    /// <summary>Why nothing is said of neurons and of W_L; null where the network has one layer, with an MLP.</summary>
    public string? NeuronAbsence => Measures.NeuronAbsence;

    /// <exception cref="InvalidOperationException">There are none: see <see cref="NeuronAbsence"/>.</exception>
    internal NeuronSpectra Neurons => _onAllPairs.Value.Neurons ?? throw new InvalidOperationException(NeuronAbsence);

    /// <summary>The spectrum of W_E.</summary>
    internal WeightSpectrum Embedding => _onAllPairs.Value.Embedding;

    /// <summary>The spectrum of W_L = W_U W_out along the logits.</summary>
    /// <inheritdoc cref="Neurons" path="/exception"/>
    internal WeightSpectrum NeuronLogitMap => _onAllPairs.Value.NeuronLogitMap ?? throw new InvalidOperationException(NeuronAbsence);

    /// <summary>How far the matrices that are multiplied with each other are balanced.</summary>
    /// <inheritdoc cref="Neurons" path="/exception"/>
    internal LayerBalance Balance => _onAllPairs.Value.Balance ?? throw new InvalidOperationException(NeuronAbsence);

    /// <summary>Attention from "=" to "=", its mean over all pairs: [heads], 0..1.</summary>
    /// <exception cref="InvalidOperationException">There is none: see <see cref="AttentionAbsence"/>.</exception>
    public IReadOnlyList<double> AttentionToEquals => _onAllPairs.Value.AttentionToEquals ?? throw new InvalidOperationException(AttentionAbsence);

    /// <summary>Every intervention.</summary>
    public IReadOnlyDictionary<Ablation, LossAndAccuracy> Ablations => _onAllPairs.Value.Ablations;

    /// <summary>One intervention; null where there is none, for want of key frequencies or of that part of the network.</summary>
    public LossAndAccuracy? Ablation(Ablation ablation) => Ablations.TryGetValue(ablation, out LossAndAccuracy result) ? result : null;

    /// <summary>Accuracy on all pairs from which on a network solves the task.</summary>
    internal const double SolvedAccuracy = Unsolved.SolvedAccuracy;

    /// <summary>That the network does not solve the task, in words; null where it does.</summary>
    public string? NotGrokked => Unsolved.Words(Measures);

    /// <summary>ln p: the loss of a network that knows nothing.</summary>
    public double UniformLoss => Math.Log(Prime);

    private sealed class OnAllPairs(NetworkSpectra network, ProgressMeasures measures)
    {
        public NeuronSpectra? Neurons { get; } = network.NeuronAbsence is null ? network.Neurons : null;

        public WeightSpectrum Embedding { get; } = network.Embedding;

        public WeightSpectrum? NeuronLogitMap { get; } = network.NeuronAbsence is null ? network.NeuronLogitMap : null;

        public LayerBalance? Balance { get; } = network.NeuronAbsence is null ? new LayerBalance(network.Weights) : null;

        public IReadOnlyList<double>? AttentionToEquals { get; } = network.AttentionAbsence is null ? MeanToEquals(network.Activations.AttentionPattern) : null;

        public IReadOnlyDictionary<Ablation, LossAndAccuracy> Ablations { get; } = AblationTable.Evaluate(network, measures);

        private static double[] MeanToEquals(Matrix pattern) =>
            [.. Enumerable.Range(0, pattern.Columns / 3).Select(head => Enumerable.Range(0, pattern.Rows).Average(pair => pattern[pair, (3 * head) + 2]))];
    }
}

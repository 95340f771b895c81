using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Fourier;

/// <summary>One network on all pairs, and the spectra that measures and ablations share; each computed once, when first asked for.</summary>
public sealed class NetworkSpectra
{
    private readonly Lazy<PairGridSums> _logitSums;
    private readonly Lazy<AlphaSpectrum> _alpha;
    private readonly Lazy<KeyFrequencies> _keys;
    private readonly Lazy<NeuronSpectra> _neurons;
    private readonly Lazy<AttentionSpectra> _attention;
    private readonly Lazy<WeightSpectrum> _embedding;
    private readonly Lazy<WeightSpectrum> _neuronLogitMap;

    /// <param name="weights">The network.</param>
    /// <param name="task">The labels it is judged by; of the same modulus.</param>
    /// <exception cref="ArgumentException">The moduli differ, or a weight is NaN or infinite.</exception>
    public NetworkSpectra(TransformerWeights weights, ModularTask task)
    {
        if (task.Prime != weights.Config.Prime)
        {
            throw new ArgumentException($"the network is for p = {weights.Config.Prime}, the task for p = {task.Prime}: give a task of the same modulus", nameof(task));
        }

        Weights = weights;
        Task = task;
        Basis = new FourierBasis(task.Prime);
        Activations = ModelActivations.Of(weights);
        _logitSums = new(() => new PairGridSums(task.Prime, Activations.Logits, task.Prime));
        _alpha = new(() => AlphaSpectrum.Of(Basis, Activations.Logits, LogitSums));
        _keys = new(() => KeyFrequencies.In(Alpha));
        _neurons = new(() => NeuronSpectra.Of(Basis, Activations.PostActivations));
        _attention = new(() => AttentionSpectra.Of(Basis, Activations.AttentionPattern));
        _embedding = new(() => WeightSpectrum.OfEmbedding(Basis, weights));
        _neuronLogitMap = new(() => WeightSpectrum.OfNeuronLogitMap(Basis, Activations.Forward.NeuronLogitMap));
    }

    public TransformerWeights Weights { get; }

    public ModularTask Task { get; }

    public FourierBasis Basis { get; }

    public ModelActivations Activations { get; }

    /// <summary>Line sums of the logits 0..p-1.</summary>
    public PairGridSums LogitSums => _logitSums.Value;

    public AlphaSpectrum Alpha => _alpha.Value;

    /// <summary>The key frequencies of this very network (a run's measures use those of its last checkpoint).</summary>
    public KeyFrequencies KeyFrequencies => _keys.Value;

    public NeuronSpectra Neurons => _neurons.Value;

    public AttentionSpectra Attention => _attention.Value;

    /// <summary>The spectrum of W_E.</summary>
    public WeightSpectrum Embedding => _embedding.Value;

    /// <summary>The spectrum of W_L = W_U W_out along the logits.</summary>
    public WeightSpectrum NeuronLogitMap => _neuronLogitMap.Value;
}

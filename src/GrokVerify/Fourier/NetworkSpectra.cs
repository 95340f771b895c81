using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Fourier;

/// <summary>One network on all pairs, and the spectra that measures and ablations share; each computed once, when first asked for.</summary>
public sealed class NetworkSpectra
{
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
        Activations = ModelActivations.Compute(weights);
        Logits = new PairLogits(task, Activations.Logits);
        _neurons = new(() => NeuronSpectra.Of(Basis, Activations.PostActivations));
        _attention = new(() => AttentionSpectra.Of(Basis, Activations.AttentionPattern));
        _embedding = new(() => WeightSpectrum.OfEmbedding(Basis, weights));
        _neuronLogitMap = new(() => WeightSpectrum.OfNeuronLogitMap(Basis, Activations.Forward.NeuronLogitMap));
    }

    public TransformerWeights Weights { get; }

    public ModularTask Task { get; }

    internal FourierBasis Basis => Logits.Basis;

    internal ModelActivations Activations { get; }

    /// <summary>The logits and their spectra.</summary>
    internal PairLogits Logits { get; }

    internal AlphaSpectrum Alpha => Logits.Alpha;

    /// <summary>The key frequencies of this very network (a run's measures use those of its last checkpoint).</summary>
    public KeyFrequencies KeyFrequencies => Logits.KeyFrequencies;

    internal NeuronSpectra Neurons => _neurons.Value;

    internal AttentionSpectra Attention => _attention.Value;

    /// <summary>The spectrum of W_E.</summary>
    internal WeightSpectrum Embedding => _embedding.Value;

    /// <summary>The spectrum of W_L = W_U W_out along the logits.</summary>
    internal WeightSpectrum NeuronLogitMap => _neuronLogitMap.Value;
}

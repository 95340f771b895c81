using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Fourier;

/// <summary>
/// One network on all pairs, and the spectra that measures and ablations share; each computed once, when first asked for. Logits and W_E are there for every
/// architecture, attention for one layer, neurons for one layer with an MLP.
/// </summary>
public sealed class NetworkSpectra
{
    private static readonly string[] Counts = ["no", "one", "two", "three", "four"];

    private readonly ModelActivations? _activations;
    private readonly Lazy<NeuronSpectra> _neurons;
    private readonly Lazy<AttentionSpectra> _attention;
    private readonly Lazy<WeightSpectrum> _embedding;
    private readonly Lazy<WeightSpectrum> _neuronLogitMap;

    /// <param name="weights">The network.</param>
    /// <param name="task">The labels it is judged by; of the same modulus.</param>
    /// <exception cref="ArgumentException">The moduli differ, or a weight is NaN or infinite.</exception>
    /// <exception cref="LibTorch.LibTorchUnavailableException">The network has several layers, and libtorch does not load.</exception>
    public NetworkSpectra(TransformerWeights weights, ModularTask task)
        : this(weights, task, AttentionVariant.None)
    {
    }

    /// <inheritdoc cref="NetworkSpectra(TransformerWeights, ModularTask)"/>
    /// <param name="weights">The network.</param>
    /// <param name="task">The labels it is judged by; of the same modulus.</param>
    /// <param name="variant">In what its attention departs from the paper's.</param>
    internal NetworkSpectra(TransformerWeights weights, ModularTask task, AttentionVariant variant)
    {
        if (task.Prime != weights.Config.Prime)
        {
            throw new ArgumentException($"the network is for p = {weights.Config.Prime}, the task for p = {task.Prime}: give a task of the same modulus", nameof(task));
        }

        Weights = weights;
        Task = task;
        _activations = weights.Config.Layers == 1 ? ModelActivations.Compute(weights, variant) : null;
        Logits = new PairLogits(task, _activations?.Logits ?? DeepForward.Logits(weights));
        string? severalLayers = weights.Config.Layers == 1 ? null : $"the network has {Counts[weights.Config.Layers]} layers";
        AttentionAbsence = severalLayers ?? variant.Words;
        NeuronAbsence = weights.Config.AttentionOnly ? "the network has no MLP" : severalLayers;
        _neurons = new(() => NeuronSpectra.Of(Basis, Activations.PostActivations));
        _attention = new(() => AttentionSpectra.Of(Basis, Activations.AttentionPattern));
        _embedding = new(() => WeightSpectrum.OfEmbedding(Basis, weights));
        _neuronLogitMap = new(() => WeightSpectrum.OfNeuronLogitMap(Basis, Activations.Forward.NeuronLogitMap));
    }

    public TransformerWeights Weights { get; }

    public ModularTask Task { get; }

    internal FourierBasis Basis => Logits.Basis;

    /// <exception cref="InvalidOperationException">There are none: the network has several layers.</exception>
    internal ModelActivations Activations => _activations ?? throw new InvalidOperationException(AttentionAbsence);

    /// <summary>Why nothing is said of attention; null where the network has one layer, and the paper's attention.</summary>
    public string? AttentionAbsence { get; }

    /// <summary>Why nothing is said of neurons and of W_L; null where the network has one layer, with an MLP.</summary>
    public string? NeuronAbsence { get; }

    /// <summary>The logits and their spectra.</summary>
    internal PairLogits Logits { get; }

    internal AlphaSpectrum Alpha => Logits.Alpha;

    /// <summary>The key frequencies of this very network (a run's measures use those of its last checkpoint).</summary>
    public KeyFrequencies KeyFrequencies => Logits.KeyFrequencies;

    /// <exception cref="InvalidOperationException">There are none: see <see cref="NeuronAbsence"/>.</exception>
    internal NeuronSpectra Neurons => NeuronAbsence is null ? _neurons.Value : throw new InvalidOperationException(NeuronAbsence);

    /// <exception cref="InvalidOperationException">There are none: see <see cref="AttentionAbsence"/>.</exception>
    internal AttentionSpectra Attention => AttentionAbsence is null ? _attention.Value : throw new InvalidOperationException(AttentionAbsence);

    /// <summary>The spectrum of W_E.</summary>
    internal WeightSpectrum Embedding => _embedding.Value;

    /// <summary>The spectrum of W_L = W_U W_out along the logits.</summary>
    /// <inheritdoc cref="Neurons" path="/exception"/>
    internal WeightSpectrum NeuronLogitMap => NeuronAbsence is null ? _neuronLogitMap.Value : throw new InvalidOperationException(NeuronAbsence);
}

using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Architectures;

/// <summary>
/// A network of attention alone, as a network of <see cref="TransformerConfig"/> whose MLP is cut: one neuron, with W_in, b_in and W_out zero.
/// </summary>
/// <remarks>
/// The neuron's activation is zero and its output weights are zero, so both have a gradient of zero; AdamW leaves a weight of zero with such a gradient at zero, with
/// and without decay. So every engine trains attention alone, with the bits and the measures of the paper's network. What stays of the MLP is b_out, a
/// bias of the residual stream: its logits b_out W_U are the same for every pair, as those of the embedding of "=" are.
/// </remarks>
public static class CutMlp
{
    /// <summary>The least d_mlp that a configuration can have.</summary>
    public const int Neurons = 1;

    /// <summary>Where training of attention alone begins: the initial weights of the same seed, without the MLP.</summary>
    /// <exception cref="ArgumentException">The configuration has more than one neuron.</exception>
    public static TrainingState Initial(TrainingConfig config)
    {
        if (config.Model.DMlp != Neurons)
        {
            throw new ArgumentException($"d_mlp = {config.Model.DMlp}: give {Neurons} for a network of attention alone, whose MLP is cut", nameof(config));
        }

        TrainingState initial = TrainingState.Initial(config);
        initial.Weights["W_in"].Clear();
        initial.Weights["W_out"].Clear();
        return initial;
    }

    /// <summary>True where the MLP adds nothing but a constant to the residual stream.</summary>
    public static bool Is(TransformerWeights weights) =>
        !weights["W_in"].ContainsAnyExcept(0f) && !weights["b_in"].ContainsAnyExcept(0f) && !weights["W_out"].ContainsAnyExcept(0f);
}

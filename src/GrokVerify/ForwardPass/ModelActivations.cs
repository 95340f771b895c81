using System.Numerics.Tensors;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.ForwardPass;

/// <summary>What the network computes on all p * p pairs at its last position, float64; pair = a * p + b.</summary>
internal sealed class ModelActivations
{
    private ModelActivations(FactoredForward forward)
    {
        Forward = forward;
        Residual = forward.Residual();
        PostActivations = forward.PostActivations(Residual);
        SkipLogits = forward.SkipLogits(Residual);
        MlpLogits = forward.MlpLogits(PostActivations);
        Logits = new Matrix(SkipLogits.Rows, SkipLogits.Columns);
        TensorPrimitives.Add(SkipLogits.Values, MlpLogits.Values, Logits.Values);
    }

    /// <param name="weights">A network of one layer; where it has no MLP, it is evaluated with one that is zero.</param>
    /// <param name="variant">In what its attention departs from the paper's; null for nothing.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite, or there are several layers.</exception>
    public static ModelActivations Compute(TransformerWeights weights, AttentionVariant? variant = null) =>
        new(new FactoredForward(weights.Config is { Layers: 1, AttentionOnly: false } ? weights : new ZeroMlp(weights.Config).In(weights), variant ?? AttentionVariant.None));

    /// <summary>The stages, to evaluate the network with one of them altered.</summary>
    public FactoredForward Forward { get; }

    /// <summary>The residual stream after attention, factored.</summary>
    public FactoredResidual Residual { get; }

    /// <summary>Attention from the last token to a, b, "=": [p * p, heads * 3].</summary>
    public Matrix AttentionPattern => Residual.Pattern;

    /// <summary>MLP activations after the ReLU: [p * p, d_mlp].</summary>
    public Matrix PostActivations { get; }

    /// <summary>The part of the logits that comes past the MLP: [p * p, p + 1].</summary>
    public Matrix SkipLogits { get; }

    /// <summary>The part of the logits that comes through the MLP, b_out included: [p * p, p + 1].</summary>
    public Matrix MlpLogits { get; }

    /// <summary>Logits: [p * p, p + 1], the last column that of "=".</summary>
    public Matrix Logits { get; }
}

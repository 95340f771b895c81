using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;

namespace GrokVerify.Exact.Optimizer;

/// <summary>What W_E and W_U hold at the frequencies of a <see cref="FrequencyDecay"/>: P W_E and P W_U.</summary>
internal sealed class FrequencyProjection(StepContext context)
{
    public PanelMatrix Projection { get; } = context.Memory.Matrix(context.Model.VocabularySize, context.Model.VocabularySize); // [d_vocab, d_vocab]: P

    public PanelMatrix Embedding { get; } = context.Memory.Matrix(context.Model.VocabularySize, context.Model.DModel); // [d_vocab, d_model]: P W_E

    public PanelMatrix Unembedding { get; } = context.Memory.Matrix(context.Model.VocabularySize, context.Model.DModel); // [d_vocab, d_model]: P W_U, transposed as W_U is

    /// <summary>For the phase before the update.</summary>
    public Product[][] Products => [[Product.Of(Projection, context.Weights.W_E, Embedding)], [Product.Of(Projection, context.Weights.W_Ut, Unembedding)]];

    /// <summary>The elements of P, row by row.</summary>
    public static float[] Elements(TrainingConfig config, FrequencyDecay decay) => [.. decay.Projection(config.Model).Select(value => (float)value)];
}

using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Exact.Optimizer;

/// <summary>What W_E and W_U hold at the frequencies of a <see cref="FrequencyDecay"/>: P W_E and P W_U.</summary>
internal sealed class FrequencyProjection(MatrixMemory memory, ParameterPanels weights, TransformerConfig model)
{
    public PanelMatrix Projection { get; } = memory.Matrix(model.VocabularySize, model.VocabularySize); // [d_vocab, d_vocab]: P

    public PanelMatrix Embedding { get; } = memory.Matrix(model.VocabularySize, model.DModel); // [d_vocab, d_model]: P W_E

    public PanelMatrix Unembedding { get; } = memory.Matrix(model.VocabularySize, model.DModel); // [d_vocab, d_model]: P W_U, transposed as W_U is

    /// <summary>For the phase before the update.</summary>
    public Product[][] Products => [[Product.Of(Projection, weights.W_E, Embedding)], [Product.Of(Projection, weights.W_Ut, Unembedding)]];

    /// <summary>The elements of P, row by row.</summary>
    public static float[] Elements(TrainingConfig config, FrequencyDecay decay) => [.. decay.Projection(config.Model).Select(value => (float)value)];
}

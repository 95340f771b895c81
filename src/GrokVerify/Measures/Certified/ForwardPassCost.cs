using GrokVerify.Model;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// Multiply-adds of running all pairs, in the two cheapest ways known. The exponentials of the attention pattern are left out, here and in the bound, which needs the same ones.
/// </summary>
internal static class ForwardPassCost
{
    private const int Positions = TransformerConfig.ContextLength;

    /// <summary>z of each pair from a table of values, then z M1 and [z|h][M2;M3], with M1 = W_O W_in, M2 = W_O W_U and M3 = W_out W_U: the way of a training step.</summary>
    public static long ByProducts(TransformerConfig config)
    {
        (long d, long m, long classes) = (config.DModel, config.DMlp, config.VocabularySize);
        return Tables(config) + (d * d * classes) + (Pairs(config) * ((Positions * d) + (d * m) + ((d + m) * classes)));
    }

    /// <summary>What each head writes on neurons and logits from tables of 2p + 1 rows, then h M3: less where there are few heads.</summary>
    public static long ByHeads(TransformerConfig config)
    {
        (long d, long m, long classes) = (config.DModel, config.DMlp, config.VocabularySize);
        return Tables(config) + (d * d * classes) + (Inputs(config) * d * (m + classes)) + (Pairs(config) * ((Positions * config.Heads * (m + classes)) + (m * classes)));
    }

    /// <summary>Values, scores, M1 and M3.</summary>
    private static long Tables(TransformerConfig config)
    {
        (long d, long m, long classes) = (config.DModel, config.DMlp, config.VocabularySize);
        return (Inputs(config) * d * (d + config.Heads)) + (2 * d * d) + (d * d * m) + (d * m * classes);
    }

    private static long Inputs(TransformerConfig config) => (2 * config.Prime) + 1;

    private static long Pairs(TransformerConfig config) => (long)config.Prime * config.Prime;
}

using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>How neurons and attention write on the logits of the classes that count.</summary>
internal sealed class LogitMaps
{
    /// <param name="weights">The network.</param>
    /// <param name="classes">p, or p + 1 with "=".</param>
    public LogitMaps(TransformerWeights weights, int classes)
    {
        int width = weights.Config.DModel;
        Unembedding = new Matrix(width, classes);
        for (int i = 0; i < Unembedding.Values.Length; i++)
        {
            Unembedding.Values[i] = weights["W_U"][(i / classes * weights.Config.VocabularySize) + (i % classes)];
        }

        Neurons = MatrixProduct.Multiply(Matrix.FromWeights(weights["W_out"], weights.Config.DMlp, width), Unembedding);
        Attention = MatrixProduct.Multiply(Matrix.FromWeights(weights["W_O"], width, width), Unembedding);
    }

    /// <summary>W_U: float64 [d_model, classes].</summary>
    public Matrix Unembedding { get; }

    /// <summary>W_out W_U: float64 [d_mlp, classes].</summary>
    public Matrix Neurons { get; }

    /// <summary>W_O W_U: float64 [d_model, classes].</summary>
    public Matrix Attention { get; }

    /// <summary>Multiply-adds of the constructor.</summary>
    public static long MultiplyAdds(TransformerConfig config, long classes) => (config.DModel + config.DMlp) * config.DModel * classes;
}

using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// Where the embedding puts each token on the plane of a frequency: W_E[a] along the unit vectors of the rows cos w_k and sin w_k of F W_E. A frequency that the embedding uses shows as
/// a circle with the tokens at the angles w_k a; any other as a cloud.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 4.1: the embedding maps a to cos(w_k a) and sin(w_k a).</remarks>
/// <param name="Frequency">k.</param>
/// <param name="Cosine">Coordinate along the cosine row of each token 0..p-1: [p].</param>
/// <param name="Sine">Coordinate along the sine row: [p].</param>
internal sealed record EmbeddingCircle(int Frequency, IReadOnlyList<double> Cosine, IReadOnlyList<double> Sine)
{
    /// <param name="embedding">The spectrum of the network's W_E.</param>
    /// <param name="weights">The network.</param>
    /// <param name="frequency">k, 1..(p-1)/2.</param>
    public static EmbeddingCircle Of(WeightSpectrum embedding, TransformerWeights weights, int frequency) => new(
        frequency,
        Along(embedding.Coefficients.Row(FourierBasis.CosineRow(frequency)), weights),
        Along(embedding.Coefficients.Row(FourierBasis.SineRow(frequency)), weights));

    /// <summary>All zero where the direction is.</summary>
    private static double[] Along(ReadOnlySpan<double> direction, TransformerWeights weights)
    {
        Matrix tokens = Matrix.FromWeights(weights["W_E"][..(weights.Config.Prime * direction.Length)], weights.Config.Prime, direction.Length);
        var column = new Matrix(direction.Length, 1, direction.ToArray());
        double norm = Math.Sqrt(column.Values.Sum(value => value * value));
        return [.. MatrixProduct.Multiply(tokens, column).Values.Select(value => norm == 0 ? 0 : value / norm)];
    }
}

using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>
/// A matrix of a network, or for each head a product of two that the network sees only as a product, to be replaced by its best approximation of some rank. Only the left factor is altered for that, or the right one
/// where that is the shorter side, so that biases in between keep their meaning.
/// </summary>
internal sealed class LowRankWeights
{
    private readonly string _altered;
    private readonly bool _isTransposed;
    private readonly Matrix[] _factors;
    private readonly LeftSingularVectors[] _vectors;

    private LowRankWeights(string name, string altered, int fullRank, int numbers, bool isTransposed, Matrix[] factors, Matrix[] products)
    {
        Name = name;
        _altered = altered;
        FullRank = fullRank;
        _isTransposed = isTransposed;
        _factors = factors;
        _vectors = [.. products.Select(LeftSingularVectors.Of)];
        NumbersOfRank = products[0].Rows + products[0].Columns;
        NumbersUnfactored = numbers;
    }

    /// <summary>The paper's symbols, e.g. "W_Q W_K".</summary>
    public string Name { get; }

    /// <summary>The rank that it cannot exceed; d_head for a product of a head.</summary>
    public int FullRank { get; }

    /// <summary>Rows and columns together: what one rank costs.</summary>
    public int NumbersOfRank { get; }

    /// <summary>How many numbers it has as it is: of a product both matrices, of all heads.</summary>
    public int NumbersUnfactored { get; }

    /// <summary>How many it has as a product of two matrices of this rank, where that is fewer.</summary>
    public int Numbers(int rank) => Math.Min(_vectors.Length * rank * NumbersOfRank, NumbersUnfactored);

    /// <summary>W_E (of the p numbers; "=" is one vector, and stays), W_Q W_K and W_V W_O of each head, W_in and W_out.</summary>
    /// <param name="weights">A network of one layer with an MLP.</param>
    public static IReadOnlyList<LowRankWeights> AllOf(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config;
        return
        [
            Single("W_E", weights["W_E"][..(config.Prime * config.DModel)], config.Prime, config.DModel),
            OfHeads("W_Q W_K", "W_Q", Heads(weights, "W_Q", config.DModel, config.DHead), [.. Heads(weights, "W_K", config.DModel, config.DHead).Select(key => key.Transpose())]),
            OfHeads("W_V W_O", "W_V", Heads(weights, "W_V", config.DModel, config.DHead), Heads(weights, "W_O", config.DHead, config.DModel)),
            Single("W_in", weights["W_in"], config.DModel, config.DMlp),
            Single("W_out", weights["W_out"], config.DMlp, config.DModel),
        ];
    }

    /// <summary>Puts the approximation of a rank in the place of the matrix, all heads alike.</summary>
    /// <param name="weights">The network, or one in which other matrices are approximated; altered.</param>
    /// <param name="rank">From 0; from <see cref="FullRank"/> on nothing changes.</param>
    public void Approximate(TransformerWeights weights, int rank)
    {
        Span<float> target = weights[_altered];
        for (int head = 0; head < _factors.Length && rank < FullRank; head++)
        {
            Matrix projected = _vectors[head].Project(_factors[head], rank);
            double[] values = (_isTransposed ? projected.Transpose() : projected).Values;
            Array.ConvertAll(values, value => (float)value).CopyTo(target[(head * values.Length)..]);
        }
    }

    private static LowRankWeights Single(string name, ReadOnlySpan<float> values, int rows, int columns)
    {
        var matrix = Matrix.FromWeights(values, rows, columns);
        bool isTransposed = rows > columns;
        Matrix[] lying = [isTransposed ? matrix.Transpose() : matrix];
        return new(name, name, Math.Min(rows, columns), rows * columns, isTransposed, lying, lying);
    }

    private static LowRankWeights OfHeads(string name, string altered, Matrix[] left, Matrix[] right) =>
        new(name, altered, left[0].Columns, left.Sum(factor => 2 * factor.Values.Length), isTransposed: false, left, [.. left.Zip(right, MatrixProduct.Multiply)]);

    private static Matrix[] Heads(TransformerWeights weights, string name, int rows, int columns) =>
        [.. Enumerable.Range(0, weights.Config.Heads).Select(head => Matrix.FromWeights(weights[name].Slice(head * rows * columns, rows * columns), rows, columns))];
}

using System.Numerics.Tensors;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// What attention reads at "=", and the nearest network in which a and b may change places. With A_h,0 and A_h,1 the attention of head h to a and to b, and v_h its values less that of "=", which goes into the
/// constant because a pattern sums to 1: z(a, b) = A_h,0(a, b) v_h(a) + A_h,1(a, b) v_h(b), float64 [d_model], the heads one after the other. The symmetric one takes the mean value of a token at both positions,
/// s_h(x), and the mean of both patterns, w_h(a, b) = (A_h,0(a, b) + A_h,1(b, a)) / 2: z'(a, b) = w_h(a, b) s_h(a) + w_h(b, a) s_h(b).
/// </summary>
internal sealed class SymmetricAttention
{
    private readonly int _prime;
    private readonly int _heads;
    private readonly int _headWidth;
    private readonly Matrix _values;
    private readonly Matrix _scores;

    /// <param name="weights">A network of one layer.</param>
    public SymmetricAttention(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config;
        (_prime, _heads, _headWidth) = (config.Prime, config.Heads, config.DHead);
        Matrix inputs = AttentionTables.InputsOf(weights);
        _values = new Matrix(inputs.Rows, config.DModel);
        _scores = new Matrix(inputs.Rows, _heads);
        for (int head = 0; head < _heads; head++)
        {
            Matrix values = HeadProjection.Of(weights, "W_V", weights.OptionalBiases?.Value, head, inputs);
            double[] direction = ScoreDirection(weights, inputs.Row(2 * _prime), head);
            for (int row = 0; row < inputs.Rows; row++)
            {
                values.Row(row).CopyTo(OfHead(_values.Row(row), head));
                _scores[row, head] = TensorPrimitives.Dot<double>(inputs.Row(row), direction);
            }
        }

        double[] ofEquals = [.. _values.Row(2 * _prime)];
        Constant = MatrixProduct.Multiply(ofEquals, Matrix.FromWeights(weights["W_O"], config.DModel, config.DModel));
        TensorPrimitives.Add(Constant, inputs.Row(2 * _prime), Constant);
        for (int i = 0; weights.OptionalBiases is { } biases && i < Constant.Length; i++)
        {
            Constant[i] += biases.AttentionOutput[i];
        }

        Values = new Matrix(_prime, config.DModel);
        MeanOrder = new double[config.DModel];
        for (int row = 0; row < 2 * _prime; row++)
        {
            TensorPrimitives.Subtract(_values.Row(row), ofEquals, _values.Row(row));
            MatrixProduct.AddScaled(0.5, _values.Row(row), Values.Row(row % _prime));
            MatrixProduct.AddScaled((row < _prime ? 1.0 : -1.0) / _prime, _values.Row(row), MeanOrder);
        }
    }

    public int Heads => _heads;

    /// <summary>The residual stream where nothing is read but "=": float64 [d_model].</summary>
    public double[] Constant { get; }

    /// <summary>s, the heads one after the other: float64 [p, d_model].</summary>
    public Matrix Values { get; }

    /// <summary>e, the heads one after the other: float64 [d_model].</summary>
    public double[] MeanOrder { get; }

    /// <summary>Multiply-adds of the tables.</summary>
    public static long MultiplyAdds(TransformerConfig config) =>
        (((2L * config.Prime) + 1) * config.DModel * (config.DModel + config.Heads + 3)) + (3L * config.DModel * config.DModel);

    /// <summary>Multiply-adds of <see cref="Place"/>, for each element of z: two for z', and for each order three for the offset, one to take the mean order off, and two squares.</summary>
    public static long MultiplyAddsOfPlace(TransformerConfig config) => (2L + (2 * (3 + 1 + 2))) * config.DModel;

    /// <summary>A head's share of a row of values.</summary>
    public Span<double> OfHead(Span<double> row, int head) => row.Slice(head * _headWidth, _headWidth);

    /// <summary>Where a pair stands.</summary>
    /// <param name="a">The first token.</param>
    /// <param name="b">The second token.</param>
    /// <param name="weights">Written: w_h(a, b) and w_h(b, a) of each head; float64 [2, heads].</param>
    /// <param name="symmetric">Written: z'(a, b); float64 [d_model].</param>
    /// <returns>Of (a, b) and of (b, a).</returns>
    public (OrderOffset Given, OrderOffset Swapped) Place(int a, int b, Matrix weights, Span<double> symmetric)
    {
        double[] shares = new double[_heads];
        double[] sharesSwapped = new double[_heads];
        (double whole, double rest, double wholeSwapped, double restSwapped) = (0, 0, 0, 0);
        for (int head = 0; head < _heads; head++)
        {
            (double toFirst, double toSecond) = Pattern(a, b, head);
            (double toFirstSwapped, double toSecondSwapped) = Pattern(b, a, head);
            (weights[0, head], weights[1, head]) = ((toFirst + toSecondSwapped) / 2, (toSecond + toFirstSwapped) / 2);
            (shares[head], sharesSwapped[head]) = ((toFirst - toSecond) / 2, (toFirstSwapped - toSecondSwapped) / 2);
            for (int i = head * _headWidth; i < (head + 1) * _headWidth; i++)
            {
                symmetric[i] = (weights[0, head] * Values[a, i]) + (weights[1, head] * Values[b, i]);
                double offset = (toFirst * _values[a, i]) + (toSecond * _values[_prime + b, i]) - symmetric[i];
                double offsetSwapped = (toFirstSwapped * _values[b, i]) + (toSecondSwapped * _values[_prime + a, i]) - symmetric[i];
                whole += offset * offset;
                wholeSwapped += offsetSwapped * offsetSwapped;
                offset -= shares[head] * MeanOrder[i];
                offsetSwapped -= sharesSwapped[head] * MeanOrder[i];
                rest += offset * offset;
                restSwapped += offsetSwapped * offsetSwapped;
            }
        }

        return (new OrderOffset(shares, Math.Sqrt(whole), Math.Sqrt(rest)), new OrderOffset(sharesSwapped, Math.Sqrt(wholeSwapped), Math.Sqrt(restSwapped)));
    }

    private (double ToFirst, double ToSecond) Pattern(int a, int b, int head)
    {
        double first = _scores[a, head];
        double second = _scores[_prime + b, head];
        double equals = _scores[2 * _prime, head];
        double largest = Math.Max(first, Math.Max(second, equals));
        (first, second, equals) = (Math.Exp(first - largest), Math.Exp(second - largest), Math.Exp(equals - largest));
        double sum = first + second + equals;
        return (first / sum, second / sum);
    }

    /// <summary>W_K^h q_h / sqrt(d_head): the score of an input is its product with this.</summary>
    private double[] ScoreDirection(TransformerWeights weights, ReadOnlySpan<double> equals, int head)
    {
        int width = weights.Config.DModel;
        Matrix OfHeads(string name) => Matrix.FromWeights(weights[name].Slice(head * width * _headWidth, width * _headWidth), width, _headWidth);
        double[] query = MatrixProduct.Multiply(equals, OfHeads("W_Q"));
        HeadProjection.AddBias(weights.OptionalBiases?.Query, head, _headWidth, query);
        double[] direction = MatrixProduct.Multiply(query, OfHeads("W_K").Transpose());
        TensorPrimitives.Divide(direction, Math.Sqrt(_headWidth), direction);
        return direction;
    }
}

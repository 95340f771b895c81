using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.ForwardPass;

/// <summary>
/// Attention from the last token over its distinct inputs. The rows of every table are the 2p + 1 vectors u, embedding plus position:
/// token a at position 0 (row a), token b at position 1 (row p + b), "=" at position 2 (row 2p).
/// </summary>
internal sealed class AttentionTables
{
    private const int Positions = TransformerConfig.ContextLength;
    private readonly TransformerConfig _config;
    private readonly AttentionVariant _variant;
    private readonly Matrix _scores;
    private readonly LastTokenScores? _lastTokenScores;

    public AttentionTables(TransformerWeights weights, AttentionVariant variant)
    {
        _config = weights.Config;
        _variant = variant;
        Inputs = InputsOf(weights);
        _scores = new Matrix(variant.IsOfTwoTokens ? 0 : Inputs.Rows, _config.Heads);
        _lastTokenScores = variant.IsOfTwoTokens ? new LastTokenScores(weights, Inputs) : null;
        Residuals = new Matrix[_config.Heads];
        for (int head = 0; head < _config.Heads; head++)
        {
            if (!variant.IsOfTwoTokens)
            {
                FillScores(weights, head);
            }

            Matrix values = HeadProjection.Of(weights, "W_V", weights.OptionalBiases?.Value, head, Inputs);
            Residuals[head] = MatrixProduct.Multiply(values, HeadMatrix(weights, "W_O", head, _config.DHead, _config.DModel));
        }
    }

    /// <summary>Embedding and position, u: float64 [2p + 1, d_model].</summary>
    public Matrix Inputs { get; }

    /// <summary>Embedding and position of "=": float64 [d_model].</summary>
    public ReadOnlySpan<double> EqualsInput => Inputs.Row(2 * _config.Prime);

    /// <summary>(u W_V + b_V) W_O of each head: float64 [2p + 1, d_model].</summary>
    public Matrix[] Residuals { get; }

    /// <summary>Writes the attention from the last token of one pair: float64 [heads * 3].</summary>
    public void FillPattern(int pair, Span<double> row)
    {
        for (int head = 0; head < _config.Heads; head++)
        {
            Span<double> weights = row.Slice(head * Positions, Positions);
            if (_lastTokenScores is not null)
            {
                _lastTokenScores.Fill(pair, head, weights);
            }
            else
            {
                for (int position = 0; position < Positions; position++)
                {
                    weights[position] = _scores[TableRow(pair, position), head];
                }
            }

            SoftMax(weights);
            Blend(weights);
        }
    }

    /// <summary>row += sum over positions of the head's pattern * table row.</summary>
    public void AddHead(Matrix pattern, Matrix table, int head, int pair, Span<double> row) => MatrixProduct.AddScaled(
        pattern.Row(pair).Slice(head * Positions, Positions), table.Row(TableRow(pair, 0)), table.Row(TableRow(pair, 1)), table.Row(TableRow(pair, 2)), row);

    /// <summary>The row of the tables that holds the token at a position.</summary>
    public int TableRow(int pair, int position) => position switch
    {
        0 => pair / _config.Prime,
        1 => _config.Prime + (pair % _config.Prime),
        _ => 2 * _config.Prime,
    };

    /// <summary>Embedding and position: float64 [2p + 1, d_model].</summary>
    public static Matrix InputsOf(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config;
        int p = config.Prime;
        int width = config.DModel;
        var inputs = new Matrix((2 * p) + 1, width);
        for (int row = 0; row < inputs.Rows; row++)
        {
            (int token, int position) = row == 2 * p ? (p, 2) : (row % p, row / p);
            for (int i = 0; i < width; i++)
            {
                inputs[row, i] = (double)weights["W_E"][(token * width) + i] + weights["W_pos"][(position * width) + i];
            }
        }

        return inputs;
    }

    private static Matrix HeadMatrix(TransformerWeights weights, string name, int head, int rows, int columns) =>
        Matrix.FromWeights(weights[name].Slice(head * rows * columns, rows * columns), rows, columns);

    private static void SoftMax(Span<double> scores)
    {
        double largest = Math.Max(scores[0], Math.Max(scores[1], scores[2]));
        double sum = 0;
        foreach (ref double score in scores)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }
    }

    private void Blend(Span<double> weights)
    {
        if (_variant.Rate == 1)
        {
            return;
        }

        foreach (ref double weight in weights[.._variant.Tokens])
        {
            weight = (_variant.Rate * weight) + (1 - _variant.Rate);
        }
    }

    private void FillScores(TransformerWeights weights, int head)
    {
        double[] query = MatrixProduct.Multiply(EqualsInput, HeadMatrix(weights, "W_Q", head, _config.DModel, _config.DHead));
        HeadProjection.AddBias(weights.OptionalBiases?.Query, head, _config.DHead, query);
        Matrix keys = HeadProjection.Of(weights, "W_K", biases: null, head, Inputs);
        double scale = Math.Sqrt(_config.DHead);
        for (int row = 0; row < Inputs.Rows; row++)
        {
            double sum = 0;
            for (int i = 0; i < query.Length; i++)
            {
                sum = Math.FusedMultiplyAdd(keys[row, i], query[i], sum);
            }

            _scores[row, head] = sum / scale;
        }
    }
}

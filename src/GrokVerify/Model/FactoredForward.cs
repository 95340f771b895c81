using System.Numerics.Tensors;

namespace GrokVerify.Model;

/// <summary>
/// The network on all p * p pairs in float64, without repeated work and without approximation. Only the position of "=" is read, so
/// attention has one query, and the distinct key and value inputs are 2p + 1 vectors u: token a at position 0, token b at
/// position 1, "=" at position 2. Everything that attention writes is a weighted sum of three rows of a table for each head.
/// </summary>
/// <remarks>
/// Source: arXiv 2301.05217 section 3 for the network. The stages are separate so that an ablation can call one with altered inputs:
/// residual stream, then MLP activations, then logits = skip logits + MLP logits. The pairs are numbered a * p + b.
/// </remarks>
public sealed class FactoredForward
{
    private readonly double[] _equals;
    private readonly Matrix[] _values;
    private readonly Matrix[] _residualTables;
    private readonly Matrix[] _mlpTables;
    private readonly Matrix[] _logitTables;
    private readonly Matrix _scores;
    private readonly Matrix _mlpIn;
    private readonly double[] _mlpInBias;
    private readonly double[] _mlpOutBiasLogits;
    private readonly Matrix _unembedding;

    /// <exception cref="ArgumentException">A weight is NaN or infinite; says which.</exception>
    public FactoredForward(TransformerWeights weights)
    {
        RequireFinite(weights);
        Config = weights.Config;
        int p = Config.Prime;
        int width = Config.DModel;
        Matrix inputs = Inputs(weights);
        _equals = inputs.Row(2 * p).ToArray();
        _mlpIn = Matrix.FromWeights(weights["W_in"], width, Config.DMlp);
        _mlpInBias = ToFloat64(weights["b_in"]);
        _unembedding = Matrix.FromWeights(weights["W_U"], width, Config.VocabularySize);
        _mlpOutBiasLogits = MatrixProduct.Multiply(ToFloat64(weights["b_out"]), _unembedding);
        NeuronLogitMap = MatrixProduct.Multiply(Matrix.FromWeights(weights["W_out"], Config.DMlp, width), _unembedding);

        _scores = new Matrix((2 * p) + 1, Config.Heads);
        _values = new Matrix[Config.Heads];
        _residualTables = new Matrix[Config.Heads];
        _mlpTables = new Matrix[Config.Heads];
        _logitTables = new Matrix[Config.Heads];
        for (int head = 0; head < Config.Heads; head++)
        {
            FillScores(weights, inputs, head);
            _values[head] = MatrixProduct.Multiply(inputs, HeadMatrix(weights, "W_V", head, width, Config.DHead));
            _residualTables[head] = MatrixProduct.Multiply(_values[head], HeadMatrix(weights, "W_O", head, Config.DHead, width));
            _mlpTables[head] = MatrixProduct.Multiply(_residualTables[head], _mlpIn);
            _logitTables[head] = MatrixProduct.Multiply(_residualTables[head], _unembedding);
        }
    }

    public TransformerConfig Config { get; }

    /// <summary>The neuron-logit map, the paper's W_L = W_U W_out transposed to this layout: W_out W_U, float64 [d_mlp, p + 1].</summary>
    public Matrix NeuronLogitMap { get; }

    /// <summary>What the MLP's output bias adds to every pair's logits, b_out W_U: float64 [p + 1].</summary>
    public ReadOnlySpan<double> OutputBiasLogits => _mlpOutBiasLogits;

    private int PairCount => Config.Prime * Config.Prime;

    /// <summary>Attention from "=" to a, b and "=": float64 [p * p, heads * 3], each head's three numbers summing to 1.</summary>
    public Matrix AttentionPattern()
    {
        var pattern = new Matrix(PairCount, Config.Heads * 3);
        MatrixProduct.ForRowBlocks(PairCount, (first, count) =>
        {
            for (int pair = first; pair < first + count; pair++)
            {
                for (int head = 0; head < Config.Heads; head++)
                {
                    Span<double> weights = pattern.Row(pair).Slice(head * 3, 3);
                    for (int position = 0; position < 3; position++)
                    {
                        weights[position] = _scores[TableRow(pair, position), head];
                    }

                    SoftMax(weights);
                }
            }
        });
        return pattern;
    }

    /// <summary>The residual stream of the network as it is.</summary>
    public FactoredResidual Residual() => new(AttentionPattern(), [.. _equals]);

    /// <summary>The heads' outputs before W_O, the paper's z: float64 [p * p, d_model], heads side by side.</summary>
    public Matrix HeadOutputs(Matrix pattern)
    {
        var outputs = new Matrix(PairCount, Config.DModel);
        for (int head = 0; head < Config.Heads; head++)
        {
            int start = head * Config.DHead;
            MatrixProduct.ForRowBlocks(PairCount, (first, count) =>
            {
                for (int pair = first; pair < first + count; pair++)
                {
                    AddHead(pattern, _values[head], head, pair, outputs.Row(pair).Slice(start, Config.DHead));
                }
            });
        }

        return outputs;
    }

    /// <summary>What one head adds to the residual stream, averaged over all pairs: float64 [d_model].</summary>
    public double[] MeanHeadContribution(Matrix pattern, int head)
    {
        double[] onRow = new double[(2 * Config.Prime) + 1];
        for (int pair = 0; pair < PairCount; pair++)
        {
            for (int position = 0; position < 3; position++)
            {
                onRow[TableRow(pair, position)] += pattern[pair, (head * 3) + position];
            }
        }

        double[] mean = MatrixProduct.Multiply(onRow, _residualTables[head]);
        TensorPrimitives.Divide(mean, PairCount, mean);
        return mean;
    }

    /// <summary>MLP inputs before the ReLU, r W_in + b_in: float64 [p * p, d_mlp].</summary>
    public Matrix PreActivations(FactoredResidual residual)
    {
        double[] constant = MlpConstant(residual);
        return FillPairs(Config.DMlp, (pair, row) => FillPre(residual, constant, pair, row));
    }

    /// <summary>MLP activations after the ReLU: float64 [p * p, d_mlp].</summary>
    public Matrix PostActivations(FactoredResidual residual)
    {
        double[] constant = MlpConstant(residual);
        return FillPairs(Config.DMlp, (pair, row) =>
        {
            FillPre(residual, constant, pair, row);
            TensorPrimitives.Max(row, 0, row);
        });
    }

    /// <summary>Logits of the residual connection around the MLP alone, r W_U: float64 [p * p, p + 1].</summary>
    public Matrix SkipLogits(FactoredResidual residual)
    {
        double[] constant = MatrixProduct.Multiply(residual.Constant, _unembedding);
        return FillPairs(Config.VocabularySize, (pair, row) => FillFactored(residual, _logitTables, constant, pair, row));
    }

    /// <summary>Logits of the MLP's output alone, (activations W_out + b_out) W_U: float64 [p * p, p + 1].</summary>
    /// <param name="activations">float64 [p * p, d_mlp].</param>
    public Matrix MlpLogits(Matrix activations)
    {
        var logits = new Matrix(PairCount, Config.VocabularySize);
        MatrixProduct.ForRowBlocks(PairCount, (first, count) =>
        {
            for (int pair = first; pair < first + count; pair++)
            {
                _mlpOutBiasLogits.CopyTo(logits.Row(pair));
            }

            MatrixProduct.Accumulate(RowsOf(activations, first, count), NeuronLogitMap, RowsOf(logits, first, count));
        });
        return logits;
    }

    /// <summary>The logits of a residual stream: float64 [p * p, p + 1]. Keeps no activations.</summary>
    public Matrix Logits(FactoredResidual residual)
    {
        double[] mlpConstant = MlpConstant(residual);
        double[] logitConstant = MatrixProduct.Multiply(residual.Constant, _unembedding);
        TensorPrimitives.Add(logitConstant, _mlpOutBiasLogits, logitConstant);
        var logits = new Matrix(PairCount, Config.VocabularySize);
        MatrixProduct.ForRowBlocks(PairCount, (first, count) =>
        {
            var activations = new Matrix(count, Config.DMlp);
            for (int i = 0; i < count; i++)
            {
                FillPre(residual, mlpConstant, first + i, activations.Row(i));
                FillFactored(residual, _logitTables, logitConstant, first + i, logits.Row(first + i));
            }

            TensorPrimitives.Max(activations.Values, 0, activations.Values);
            MatrixProduct.Accumulate(activations.Values, NeuronLogitMap, RowsOf(logits, first, count));
        });
        return logits;
    }

    /// <summary>The logits of one residual vector, float64 [d_model]: float64 [p + 1].</summary>
    public double[] LogitsOfConstant(double[] residual)
    {
        double[] activations = MatrixProduct.Multiply(residual, _mlpIn);
        TensorPrimitives.Add(activations, _mlpInBias, activations);
        TensorPrimitives.Max(activations, 0, activations);
        double[] logits = MatrixProduct.Multiply(residual, _unembedding);
        TensorPrimitives.Add(logits, _mlpOutBiasLogits, logits);
        MatrixProduct.Accumulate(activations, NeuronLogitMap, logits);
        return logits;
    }

    private static Span<double> RowsOf(Matrix matrix, int first, int count) =>
        matrix.Values.AsSpan(first * matrix.Columns, count * matrix.Columns);

    private static Matrix Inputs(TransformerWeights weights)
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

    private static double[] ToFloat64(ReadOnlySpan<float> values) => Matrix.FromWeights(values, 1, values.Length).Values;

    private static void RequireFinite(TransformerWeights weights)
    {
        foreach (ParameterTensor tensor in weights.Layout.Tensors)
        {
            ReadOnlySpan<float> values = weights[tensor.Name];
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"weight {tensor.Name}[{i}] is {values[i]}: the network cannot be evaluated; choose an earlier checkpoint"),
                        nameof(weights));
                }
            }
        }
    }

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

    private void FillScores(TransformerWeights weights, Matrix inputs, int head)
    {
        double[] query = MatrixProduct.Multiply(_equals, HeadMatrix(weights, "W_Q", head, Config.DModel, Config.DHead));
        Matrix keys = MatrixProduct.Multiply(inputs, HeadMatrix(weights, "W_K", head, Config.DModel, Config.DHead));
        double scale = Math.Sqrt(Config.DHead);
        for (int row = 0; row < inputs.Rows; row++)
        {
            double sum = 0;
            for (int i = 0; i < query.Length; i++)
            {
                sum = Math.FusedMultiplyAdd(keys[row, i], query[i], sum);
            }

            _scores[row, head] = sum / scale;
        }
    }

    /// <summary>The row of the 2p + 1 tables that holds the token at a position.</summary>
    private int TableRow(int pair, int position) => position switch
    {
        0 => pair / Config.Prime,
        1 => Config.Prime + (pair % Config.Prime),
        _ => 2 * Config.Prime,
    };

    private double[] MlpConstant(FactoredResidual residual)
    {
        double[] constant = MatrixProduct.Multiply(residual.Constant, _mlpIn);
        TensorPrimitives.Add(constant, _mlpInBias, constant);
        return constant;
    }

    private void FillPre(FactoredResidual residual, double[] constant, int pair, Span<double> row) =>
        FillFactored(residual, _mlpTables, constant, pair, row);

    private void FillFactored(FactoredResidual residual, Matrix[] tables, double[] constant, int pair, Span<double> row)
    {
        constant.CopyTo(row);
        for (int head = 0; head < tables.Length; head++)
        {
            AddHead(residual.Pattern, tables[head], head, pair, row);
        }
    }

    private void AddHead(Matrix pattern, Matrix table, int head, int pair, Span<double> row)
    {
        for (int position = 0; position < 3; position++)
        {
            MatrixProduct.AddScaled(pattern[pair, (head * 3) + position], table.Row(TableRow(pair, position)), row);
        }
    }

    private Matrix FillPairs(int columns, RowFiller fill)
    {
        var rows = new Matrix(PairCount, columns);
        MatrixProduct.ForRowBlocks(PairCount, (first, count) =>
        {
            for (int pair = first; pair < first + count; pair++)
            {
                fill(pair, rows.Row(pair));
            }
        });
        return rows;
    }
}

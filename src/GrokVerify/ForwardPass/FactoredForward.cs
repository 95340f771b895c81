using System.Buffers;
using System.Numerics.Tensors;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.ForwardPass;

/// <summary>
/// The network on all p * p pairs in float64, without repeated work and without approximation. Only the position of "=" is read, so
/// attention has one query, and the distinct key and value inputs are 2p + 1 vectors u: token a at position 0, token b at
/// position 1, "=" at position 2. Everything that attention writes is a weighted sum of three rows of a table for each head.
/// A network of two tokens is read at b: there the residual stream begins with a row of the table, not with the one vector of "=".
/// </summary>
/// <remarks>
/// Source: arXiv 2301.05217 section 3 for the network. The stages are separate so that an ablation can call one with altered inputs:
/// residual stream, then MLP activations, then logits = skip logits + MLP logits. The pairs are numbered a * p + b.
/// </remarks>
internal sealed class FactoredForward
{
    private readonly AttentionTables _attention;
    private readonly Matrix[] _mlpTables;
    private readonly Matrix[] _logitTables;
    private readonly Matrix? _mlpInputs;
    private readonly Matrix? _logitInputs;
    private readonly Matrix _mlpIn;
    private readonly double[] _mlpInBias;
    private readonly double[] _mlpOutBiasLogits;
    private readonly Matrix _unembedding;
    private readonly ColumnPanels _neuronLogitPanels;

    /// <param name="weights">A network of one layer with an MLP.</param>
    /// <param name="variant">In what its attention departs from the paper's.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite; says which.</exception>
    public FactoredForward(TransformerWeights weights, AttentionVariant variant)
    {
        weights.RequireFinite();
        Weights = weights;
        Variant = variant;
        int width = Config.DModel;
        _attention = new AttentionTables(weights, variant);
        _mlpIn = Matrix.FromWeights(weights["W_in"], width, Config.DMlp);
        _mlpInBias = ToFloat64(weights["b_in"]);
        _unembedding = Matrix.FromWeights(weights["W_U"], width, Config.VocabularySize);
        _mlpOutBiasLogits = MatrixProduct.Multiply(ToFloat64(weights["b_out"]), _unembedding);
        AttentionOutputBias = new double[width];
        if (weights.OptionalBiases is { } biases)
        {
            AttentionOutputBias = ToFloat64(biases.AttentionOutput);
            TensorPrimitives.Add(_mlpOutBiasLogits, ToFloat64(biases.Unembedding), _mlpOutBiasLogits);
        }

        NeuronLogitMap = MatrixProduct.Multiply(Matrix.FromWeights(weights["W_out"], Config.DMlp, width), _unembedding);
        _neuronLogitPanels = new ColumnPanels(NeuronLogitMap);

        _mlpTables = [.. _attention.Residuals.Select(table => MatrixProduct.Multiply(table, _mlpIn))];
        _logitTables = [.. _attention.Residuals.Select(table => MatrixProduct.Multiply(table, _unembedding))];
        _mlpInputs = variant.IsOfTwoTokens ? MatrixProduct.Multiply(_attention.Inputs, _mlpIn) : null;
        _logitInputs = variant.IsOfTwoTokens ? MatrixProduct.Multiply(_attention.Inputs, _unembedding) : null;
    }

    private TransformerConfig Config => Weights.Config;

    /// <summary>The network as it is evaluated.</summary>
    public TransformerWeights Weights { get; }

    /// <summary>In what its attention departs from the paper's.</summary>
    public AttentionVariant Variant { get; }

    /// <summary>The neuron-logit map, the paper's W_L = W_U W_out transposed to this layout: W_out W_U, float64 [d_mlp, p + 1].</summary>
    public Matrix NeuronLogitMap { get; }

    /// <summary>b_O: float64 [d_model]; zeros for a network without it.</summary>
    public double[] AttentionOutputBias { get; }

    /// <summary>What the MLP's output bias and that of the unembedding add to every pair's logits, b_out W_U + b_U: float64 [p + 1].</summary>
    public ReadOnlySpan<double> OutputBiasLogits => _mlpOutBiasLogits;

    /// <summary>What each head writes on the neurons before the ReLU from each of its inputs: float64 [2p + 1, d_mlp] for each head.</summary>
    public IReadOnlyList<Matrix> NeuronTables => _mlpTables;

    /// <summary>What each head writes on the logits past the MLP: float64 [2p + 1, p + 1] for each head.</summary>
    public IReadOnlyList<Matrix> LogitTables => _logitTables;

    private int PairCount => Config.Prime * Config.Prime;

    /// <summary>Attention from the last token to a, b and "=": float64 [p * p, heads * 3], each head's three numbers summing to 1 where nothing is blended in.</summary>
    public Matrix AttentionPattern() => FillPairs(Config.Heads * 3, _attention.FillPattern);

    /// <summary>The residual stream of the network as it is.</summary>
    public FactoredResidual Residual()
    {
        double[] constant = [.. AttentionOutputBias];
        if (!Variant.IsOfTwoTokens)
        {
            TensorPrimitives.Add(constant, _attention.EqualsInput, constant);
        }

        return new FactoredResidual(AttentionPattern(), constant);
    }

    /// <summary>What one head adds to the residual stream, averaged over all pairs: float64 [d_model].</summary>
    public double[] MeanHeadContribution(Matrix pattern, int head)
    {
        double[] onRow = new double[(2 * Config.Prime) + 1];
        for (int pair = 0; pair < PairCount; pair++)
        {
            for (int position = 0; position < 3; position++)
            {
                onRow[_attention.TableRow(pair, position)] += pattern[pair, (head * 3) + position];
            }
        }

        double[] mean = MatrixProduct.Multiply(onRow, _attention.Residuals[head]);
        TensorPrimitives.Divide(mean, PairCount, mean);
        return mean;
    }

    /// <summary>MLP activations after the ReLU: float64 [p * p, d_mlp].</summary>
    public Matrix PostActivations(FactoredResidual residual) => FillPairs(Config.DMlp, Rectified(residual));

    /// <summary>Logits of the residual connection around the MLP alone, r W_U: float64 [p * p, p + 1].</summary>
    public Matrix SkipLogits(FactoredResidual residual) =>
        FillPairs(Config.VocabularySize, Combination(residual, _logitTables, _logitInputs, MatrixProduct.Multiply(residual.Constant, _unembedding)));

    /// <summary>Logits of the MLP's output alone, (activations W_out + b_out) W_U: float64 [p * p, p + 1].</summary>
    /// <param name="activations">float64 [p * p, d_mlp].</param>
    public Matrix MlpLogits(Matrix activations) => FillPairs(Config.VocabularySize, MlpLogits((pair, row) => activations.Row(pair).CopyTo(row)));

    /// <summary>The same, a row [p + 1] for each pair, for activations that are made row by row, [d_mlp].</summary>
    public RowBlockFiller MlpLogits(RowFiller activations) => ThroughMlp((_, row) => _mlpOutBiasLogits.CopyTo(row), activations);

    /// <summary>The logits of a residual stream, a row [p + 1] for each pair.</summary>
    public RowBlockFiller Logits(FactoredResidual residual)
    {
        double[] constant = MatrixProduct.Multiply(residual.Constant, _unembedding);
        TensorPrimitives.Add(constant, _mlpOutBiasLogits, constant);
        return ThroughMlp(Combination(residual, _logitTables, _logitInputs, constant), Rectified(residual));
    }

    /// <summary>The logits of one residual vector, float64 [d_model]: float64 [p + 1].</summary>
    public double[] LogitsOfConstant(double[] residual)
    {
        double[] activations = MatrixProduct.Multiply(residual, _mlpIn);
        TensorPrimitives.Add(activations, _mlpInBias, activations);
        TensorPrimitives.Max(activations, 0, activations);
        double[] logits = MatrixProduct.Multiply(residual, _unembedding);
        TensorPrimitives.Add(logits, _mlpOutBiasLogits, logits);
        MatrixProduct.Accumulate(activations, _neuronLogitPanels, logits);
        return logits;
    }

    /// <summary>What the neurons get before the ReLU whatever the pair: float64 [d_mlp].</summary>
    public double[] NeuronConstant(FactoredResidual residual)
    {
        double[] constant = MatrixProduct.Multiply(residual.Constant, _mlpIn);
        TensorPrimitives.Add(constant, _mlpInBias, constant);
        return constant;
    }

    private static double[] ToFloat64(ReadOnlySpan<float> values) => Matrix.FromWeights(values, 1, values.Length).Values;

    /// <summary>A constant, and on top the rows of some tables weighted by the heads' patterns; where b is read, its own row too.</summary>
    private RowFiller Combination(FactoredResidual residual, Matrix[] tables, Matrix? inputs, double[] constant) => (pair, row) =>
    {
        constant.CopyTo(row);
        if (inputs is not null)
        {
            TensorPrimitives.Add(row, inputs.Row(_attention.TableRow(pair, 1)), row);
        }

        for (int head = 0; head < tables.Length; head++)
        {
            _attention.AddHead(residual.Pattern, tables[head], head, pair, row);
        }
    };

    private RowFiller Rectified(FactoredResidual residual)
    {
        RowFiller preActivations = Combination(residual, _mlpTables, _mlpInputs, NeuronConstant(residual));
        return (pair, row) =>
        {
            preActivations(pair, row);
            TensorPrimitives.Max(row, 0, row);
        };
    }

    private RowBlockFiller ThroughMlp(RowFiller otherLogits, RowFiller activations) => (first, count, rows) =>
    {
        double[] rented = ArrayPool<double>.Shared.Rent(count * Config.DMlp);
        Span<double> hidden = rented.AsSpan(0, count * Config.DMlp);
        for (int i = 0; i < count; i++)
        {
            activations(first + i, hidden.Slice(i * Config.DMlp, Config.DMlp));
            otherLogits(first + i, rows.Slice(i * Config.VocabularySize, Config.VocabularySize));
        }

        MatrixProduct.Accumulate(hidden, _neuronLogitPanels, rows);
        ArrayPool<double>.Shared.Return(rented);
    };

    private Matrix FillPairs(int columns, RowFiller fill) => FillPairs(columns, (first, count, rows) =>
    {
        for (int i = 0; i < count; i++)
        {
            fill(first + i, rows.Slice(i * columns, columns));
        }
    });

    private Matrix FillPairs(int columns, RowBlockFiller fill)
    {
        var matrix = new Matrix(PairCount, columns);
        MatrixProduct.ForRowBlocks(PairCount, (first, count) => fill(first, count, matrix.RowBlock(first, count)));
        return matrix;
    }
}

using System.Numerics.Tensors;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Measures;

/// <summary>Gradients through one head by the inputs of a and b: by what it reads of them, by how they are attended to, and, where b is the last token, by how it asks.</summary>
internal sealed class AttentionHeadGradients
{
    private readonly AttentionVariant _variant;
    private readonly Matrix _outputTransposed;
    private readonly Matrix _queryMatrix;
    private readonly Matrix _queryTransposed;
    private readonly Matrix _keyMatrix;
    private readonly Matrix _keyTransposed;
    private readonly double[] _queryBias;
    private readonly double _scale;
    private readonly double[] _equalsDirection;

    /// <param name="weights">The network.</param>
    /// <param name="variant">In what its attention departs from the paper's.</param>
    /// <param name="head">From 0.</param>
    /// <param name="equals">Embedding and position of "=": [d_model].</param>
    public AttentionHeadGradients(TransformerWeights weights, AttentionVariant variant, int head, double[] equals)
    {
        TransformerConfig config = weights.Config;
        Matrix Part(string name, int rows, int columns) => Matrix.FromWeights(weights[name].Slice(head * rows * columns, rows * columns), rows, columns);

        _variant = variant;
        _outputTransposed = MatrixProduct.Multiply(Part("W_V", config.DModel, config.DHead), Part("W_O", config.DHead, config.DModel)).Transpose();
        _queryMatrix = Part("W_Q", config.DModel, config.DHead);
        _queryTransposed = _queryMatrix.Transpose();
        _keyMatrix = Part("W_K", config.DModel, config.DHead);
        _keyTransposed = _keyMatrix.Transpose();
        _scale = Math.Sqrt(config.DHead);

        // No other bias has a part in it: b_K adds the same to every score, and b_V, b_O and b_U add constants, since softmax weights sum to 1.
        _queryBias = weights.OptionalBiases is { } biases ? Matrix.FromWeights(biases.Query.AsSpan(head * config.DHead, config.DHead), 1, config.DHead).Values : new double[config.DHead];
        _equalsDirection = ScoreDirection(equals);
    }

    /// <summary>Adds, for the tokens a and b, weight_j (V O g) + dL/dscore_j * score direction; and for b, where it is the last, what comes through its query.</summary>
    /// <param name="pattern">Attention weights of the pair, [3].</param>
    /// <param name="inputs">Embedding and position of a, b, "=": 3 vectors [d_model].</param>
    /// <param name="byResidual">g, the gradient by the residual stream: [d_model].</param>
    /// <param name="byInput">The gradients by the inputs of a and b: 2 vectors [d_model].</param>
    public void Add(ReadOnlySpan<double> pattern, double[][] inputs, double[] byResidual, double[][] byInput)
    {
        double[] byValue = MatrixProduct.Multiply(byResidual, _outputTransposed);
        double[] byPattern = [.. inputs.Select(input => Dot(input, byValue))];
        double[] byScore = ByScore(pattern, byPattern);
        double[] direction = _variant.IsOfTwoTokens ? ScoreDirection(inputs[1]) : _equalsDirection;
        for (int position = 0; position < 2; position++)
        {
            MatrixProduct.AddScaled(pattern[position], byValue, byInput[position]);
            MatrixProduct.AddScaled(byScore[position], direction, byInput[position]);
        }

        for (int position = 0; _variant.IsOfTwoTokens && position < 2; position++)
        {
            double[] key = MatrixProduct.Multiply(inputs[position], _keyMatrix);
            MatrixProduct.AddScaled(byScore[position] / _scale, MatrixProduct.Multiply(key, _queryTransposed), byInput[1]);
        }
    }

    /// <summary>dL/dscore of a and b: through the softmax, which has the attention rate as its share of the weights.</summary>
    private double[] ByScore(ReadOnlySpan<double> pattern, double[] byPattern)
    {
        double[] ofSoftmax = new double[_variant.Tokens];
        double mean = 0;
        for (int position = 0; position < ofSoftmax.Length; position++)
        {
            ofSoftmax[position] = pattern[position] - (1 - _variant.Rate);
            mean += ofSoftmax[position] * byPattern[position];
        }

        mean = _variant.Rate > 0 ? mean / _variant.Rate : 0;
        return [ofSoftmax[0] * (byPattern[0] - mean), ofSoftmax[1] * (byPattern[1] - mean)];
    }

    /// <summary>What the score of an input is multiplied from, q W_K / sqrt(d_head): [d_model].</summary>
    private double[] ScoreDirection(double[] last)
    {
        double[] query = MatrixProduct.Multiply(last, _queryMatrix);
        TensorPrimitives.Add(query, _queryBias, query);
        return [.. MatrixProduct.Multiply(query, _keyTransposed).Select(score => score / _scale)];
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (x, y) => x * y).Sum();
}

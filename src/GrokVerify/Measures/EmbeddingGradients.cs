using System.Numerics.Tensors;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Measures;

/// <summary>Gradients of single logits by the embeddings of a and b, by the chain rule through MLP and attention, float64.</summary>
internal sealed class EmbeddingGradients
{
    private readonly TransformerWeights _weights;
    private readonly ModelActivations _activations;
    private readonly Matrix _unembedding;
    private readonly Matrix _mlpInTransposed;
    private readonly Head[] _heads;

    public EmbeddingGradients(ModelActivations activations)
    {
        TransformerWeights weights = activations.Forward.Weights;
        _weights = weights;
        _activations = activations;
        TransformerConfig config = weights.Config;
        _unembedding = Matrix.FromWeights(weights["W_U"], config.DModel, config.VocabularySize);
        _mlpInTransposed = Matrix.FromWeights(weights["W_in"], config.DModel, config.DMlp).Transpose();
        _heads = [.. Enumerable.Range(0, config.Heads).Select(head => Head.Of(weights, head, Input(config.Prime, 2)))];
    }

    /// <summary>d logit_c / d E_a and d logit_c / d E_b at a pair: two vectors [d_model].</summary>
    public (double[] ByFirst, double[] BySecond) OfLogit(int pair, int logit)
    {
        int p = _weights.Config.Prime;
        double[] byResidual = ByResidual(pair, logit);
        double[][] inputs = [Input(pair / p, 0), Input(pair % p, 1), Input(p, 2)];
        double[][] byInput = [new double[byResidual.Length], new double[byResidual.Length]];
        for (int head = 0; head < _heads.Length; head++)
        {
            _heads[head].AddGradients(_activations.AttentionPattern.Row(pair).Slice(head * 3, 3), inputs, byResidual, byInput);
        }

        return (byInput[0], byInput[1]);
    }

    private double[] ByResidual(int pair, int logit)
    {
        double[] active = new double[_weights.Config.DMlp];
        for (int neuron = 0; neuron < active.Length; neuron++)
        {
            active[neuron] = _activations.PostActivations[pair, neuron] > 0 ? _activations.Forward.NeuronLogitMap[neuron, logit] : 0;
        }

        double[] gradient = MatrixProduct.Multiply(active, _mlpInTransposed);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] += _unembedding[i, logit];
        }

        return gradient;
    }

    private double[] Input(int token, int position)
    {
        int width = _weights.Config.DModel;
        double[] input = new double[width];
        for (int i = 0; i < width; i++)
        {
            input[i] = (double)_weights["W_E"][(token * width) + i] + _weights["W_pos"][(position * width) + i];
        }

        return input;
    }

    /// <summary>One head as the two matrices that act on an input: what it writes, and how it scores.</summary>
    private sealed record Head(Matrix OutputTransposed, double[] ScoreDirection)
    {
        public static Head Of(TransformerWeights weights, int head, double[] equals)
        {
            TransformerConfig config = weights.Config;
            Matrix Part(string name, int rows, int columns) =>
                Matrix.FromWeights(weights[name].Slice(head * rows * columns, rows * columns), rows, columns);

            Matrix output = MatrixProduct.Multiply(Part("W_V", config.DModel, config.DHead), Part("W_O", config.DHead, config.DModel));
            double[] query = MatrixProduct.Multiply(equals, Part("W_Q", config.DModel, config.DHead));

            // No other bias has a part in it: b_K adds the same to every score, and b_V, b_O and b_U add constants, since patterns sum to 1.
            if (weights.OptionalBiases is { } biases)
            {
                TensorPrimitives.Add(query, Matrix.FromWeights(biases.Query.AsSpan(head * config.DHead, config.DHead), 1, config.DHead).Values, query);
            }

            double[] scores = MatrixProduct.Multiply(query, Part("W_K", config.DModel, config.DHead).Transpose());
            return new Head(output.Transpose(), [.. scores.Select(score => score / Math.Sqrt(config.DHead))]);
        }

        /// <summary>Adds, for the tokens a and b, pattern_j (V O g) + dL/dscore_j * score direction.</summary>
        public void AddGradients(ReadOnlySpan<double> pattern, double[][] inputs, double[] byResidual, double[][] byInput)
        {
            double[] byValue = MatrixProduct.Multiply(byResidual, OutputTransposed);
            double[] byPattern = [.. inputs.Select(input => Dot(input, byValue))];
            double mean = 0;
            for (int position = 0; position < 3; position++)
            {
                mean += pattern[position] * byPattern[position];
            }

            for (int position = 0; position < 2; position++)
            {
                MatrixProduct.AddScaled(pattern[position], byValue, byInput[position]);
                MatrixProduct.AddScaled(pattern[position] * (byPattern[position] - mean), ScoreDirection, byInput[position]);
            }
        }

        private static double Dot(double[] left, double[] right) => left.Zip(right, (x, y) => x * y).Sum();
    }
}

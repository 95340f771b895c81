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
    private readonly AttentionHeadGradients[] _heads;

    public EmbeddingGradients(ModelActivations activations)
    {
        TransformerWeights weights = activations.Forward.Weights;
        _weights = weights;
        _activations = activations;
        TransformerConfig config = weights.Config;
        _unembedding = Matrix.FromWeights(weights["W_U"], config.DModel, config.VocabularySize);
        _mlpInTransposed = Matrix.FromWeights(weights["W_in"], config.DModel, config.DMlp).Transpose();
        _heads = [.. Enumerable.Range(0, config.Heads).Select(head => new AttentionHeadGradients(weights, activations.Forward.Variant, head, Input(config.Prime, TransformerConfig.ReadoutPosition)))];
    }

    /// <summary>d logit_c / d E_a and d logit_c / d E_b at a pair: two vectors [d_model].</summary>
    public (double[] ByFirst, double[] BySecond) OfLogit(int pair, int logit)
    {
        int p = _weights.Config.Prime;
        double[] byResidual = ByResidual(pair, logit);
        double[][] inputs = [Input(pair / p, 0), Input(pair % p, 1), Input(p, 2)];

        // The residual stream of a network of two tokens begins with E_b itself.
        double[][] byInput = [new double[byResidual.Length], _activations.Forward.Variant.IsOfTwoTokens ? [.. byResidual] : new double[byResidual.Length]];
        for (int head = 0; head < _heads.Length; head++)
        {
            _heads[head].Add(_activations.AttentionPattern.Row(pair).Slice(head * 3, 3), inputs, byResidual, byInput);
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
}

using System.Numerics.Tensors;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.ForwardPass;

/// <summary>Scores of a network of two tokens: b, the last, attends to a and to itself, so that there is a query for each b.</summary>
internal sealed class LastTokenScores
{
    private readonly TransformerConfig _config;
    private readonly Matrix[] _queries;
    private readonly Matrix[] _keys;

    /// <param name="weights">The network.</param>
    /// <param name="inputs">u, as <see cref="AttentionTables.Inputs"/> has it.</param>
    public LastTokenScores(TransformerWeights weights, Matrix inputs)
    {
        _config = weights.Config;
        Matrix[] Each(string name, float[]? biases) => [.. Enumerable.Range(0, _config.Heads).Select(head => HeadProjection.Of(weights, name, biases, head, inputs))];
        _queries = Each("W_Q", weights.OptionalBiases?.Query);
        _keys = Each("W_K", weights.OptionalBiases?.Key);
    }

    /// <summary>Writes the scores of a, b and "=", which is not there and gets none.</summary>
    public void Fill(int pair, int head, Span<double> scores)
    {
        int first = pair / _config.Prime;
        int second = _config.Prime + (pair % _config.Prime);
        ReadOnlySpan<double> query = _queries[head].Row(second);
        double scale = Math.Sqrt(_config.DHead);
        scores[0] = TensorPrimitives.Dot(query, _keys[head].Row(first)) / scale;
        scores[1] = TensorPrimitives.Dot(query, _keys[head].Row(second)) / scale;
        scores[2] = double.NegativeInfinity;
    }
}

using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.ForwardPass;

/// <summary>What one head makes of its inputs: queries, keys or values.</summary>
internal static class HeadProjection
{
    /// <summary>u W + b: float64 [rows of u, d_head].</summary>
    /// <param name="weights">The network.</param>
    /// <param name="name">W_Q, W_K or W_V.</param>
    /// <param name="biases">float32 [heads * d_head]; null where the network has none.</param>
    /// <param name="head">From 0.</param>
    /// <param name="inputs">u: float64 [rows, d_model].</param>
    public static Matrix Of(TransformerWeights weights, string name, float[]? biases, int head, Matrix inputs)
    {
        int width = weights.Config.DHead;
        int size = weights.Config.DModel * width;
        Matrix product = MatrixProduct.Multiply(inputs, Matrix.FromWeights(weights[name].Slice(head * size, size), weights.Config.DModel, width));
        AddBias(biases, head, width, product.Values);
        return product;
    }

    /// <summary>Adds a head's share of some biases to every row of values, [rows, d_head].</summary>
    public static void AddBias(float[]? biases, int head, int width, Span<double> values)
    {
        for (int i = 0; biases is not null && i < values.Length; i++)
        {
            values[i] += biases[(head * width) + (i % width)];
        }
    }
}

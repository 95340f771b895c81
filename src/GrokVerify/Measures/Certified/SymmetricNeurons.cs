using System.Numerics.Tensors;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// The neurons of the symmetric network: h'(a, b) = ReLU(g + z'(a, b) W_O W_in), from tables of p rows for each head, in the order of <see cref="NeuronGroups"/>.
/// </summary>
internal sealed class SymmetricNeurons
{
    private readonly double[] _constant;
    private readonly HeadTables _tables;
    private readonly Matrix _orderProducts;
    private readonly double _largest;

    /// <param name="weights">The network.</param>
    /// <param name="attention">Of the same network.</param>
    /// <param name="order">The neurons' order.</param>
    public SymmetricNeurons(TransformerWeights weights, SymmetricAttention attention, int[] order)
    {
        TransformerConfig config = weights.Config;
        var input = new Matrix(config.DModel, config.DMlp);
        for (int i = 0; i < input.Values.Length; i++)
        {
            input.Values[i] = weights["W_in"][(i / config.DMlp * config.DMlp) + order[i % config.DMlp]];
        }

        _constant = MatrixProduct.Multiply(attention.Constant, input);
        for (int neuron = 0; neuron < order.Length; neuron++)
        {
            _constant[neuron] += weights["b_in"][order[neuron]];
        }

        Matrix read = MatrixProduct.Multiply(Matrix.FromWeights(weights["W_O"], config.DModel, config.DModel), input);
        _largest = SingularValue.UpperBound(read);
        _tables = new HeadTables(attention, read);
        var orders = new Matrix(config.Heads, config.DMlp);
        for (int i = 0; i < config.DModel; i++)
        {
            MatrixProduct.AddScaled(attention.MeanOrder[i], read.Row(i), orders.Row(i / config.DHead));
        }

        _orderProducts = MatrixProduct.Multiply(orders, orders.Transpose());
    }

    /// <summary>Multiply-adds of the constructor.</summary>
    public static long MultiplyAdds(TransformerConfig config)
    {
        (long d, long m) = (config.DModel, config.DMlp);
        return (d * d * m) + (d * m * (config.Prime + 2)) + (config.Heads * config.Heads * m) + SingularValue.MultiplyAdds(d, m);
    }

    /// <summary>Multiply-adds of <see cref="Fill"/>.</summary>
    public static long MultiplyAddsOfFill(TransformerConfig config) => 2L * config.Heads * config.DMlp;

    /// <summary>Writes h'(a, b): float64 [d_mlp].</summary>
    /// <param name="a">The first token.</param>
    /// <param name="b">The second token.</param>
    /// <param name="weights">w, as <see cref="SymmetricAttention.Place"/> writes it.</param>
    /// <param name="neurons">Where to write.</param>
    public void Fill(int a, int b, Matrix weights, Span<double> neurons)
    {
        _constant.CopyTo(neurons);
        _tables.AddTo(a, b, weights, neurons);
        TensorPrimitives.Max(neurons, 0, neurons);
    }

    /// <summary>At least the norm of h - h', h the neurons of a pair in one order: the ReLU moves no two numbers apart, so it is at most that of (z - z') W_O W_in.</summary>
    public double OrderNorm(OrderOffset offset)
    {
        double squares = 0;
        double magnitude = 0;
        for (int head = 0; head < offset.Shares.Length; head++)
        {
            magnitude += Math.Abs(offset.Shares[head]) * Math.Sqrt(_orderProducts[head, head]);
            for (int other = 0; other < offset.Shares.Length; other++)
            {
                squares += offset.Shares[head] * offset.Shares[other] * _orderProducts[head, other];
            }
        }

        // Where the heads cancel each other, the products' rounding is left: 2^-40 of their magnitude is far above it.
        return Math.Sqrt(Math.Max(0, squares) + (magnitude * magnitude / (1L << 40))) + (_largest * offset.Rest);
    }
}

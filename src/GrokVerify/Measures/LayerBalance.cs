using GrokVerify.Model;

namespace GrokVerify.Measures;

/// <summary>
/// How far weight decay has balanced the matrices that are multiplied with each other. Where only the product counts, gradients leave the difference of the two sides' Gram matrices unchanged and weight
/// decay shrinks it, by exp(-2 lr lambda) in each step of gradient descent: what both sides must agree in is more than their norm.
/// </summary>
/// <remarks>Source: the conserved difference is that of Du, Hu and Lee 2018, Algorithmic regularization (arXiv 1806.00900), theorem 2.1 for neurons and 2.2 for matrices.</remarks>
internal sealed class LayerBalance
{
    /// <param name="weights">Of one layer, with an MLP.</param>
    public LayerBalance(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config;
        (int width, int neurons, int head) = (config.DModel, config.DMlp, config.DHead);
        double[] read = new double[neurons];
        double[] written = new double[neurons];
        ReadOnlySpan<float> input = weights["W_in"];
        ReadOnlySpan<float> bias = weights["b_in"];
        ReadOnlySpan<float> output = weights["W_out"];
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            read[neuron] = (double)bias[neuron] * bias[neuron];
            for (int i = 0; i < width; i++)
            {
                read[neuron] += Square(input[(i * neurons) + neuron]);
                written[neuron] += Square(output[(neuron * width) + i]);
            }
        }

        NeuronCorrelation = Correlation(read, written);
        int size = width * head;
        for (int h = 0; h < config.Heads; h++)
        {
            double[] Gram(string name, int step, int next) => GramMatrix(weights[name].Slice(h * size, size), head, width, step, next);
            ValueOutput = Math.Max(ValueOutput, Difference(Gram("W_V", 1, head), Gram("W_O", width, 1)));
            QueryKey = Math.Max(QueryKey, Difference(Gram("W_Q", 1, head), Gram("W_K", 1, head)));
        }
    }

    /// <summary>Pearson correlation over the neurons of the squared norm of what a neuron reads with, its column of W_in and b_in, and that of its row of W_out; -1..1.</summary>
    public double NeuronCorrelation { get; }

    /// <summary>
    /// Over the d_head directions inside a head, the Frobenius norm of the difference of the Gram matrices of W_V and W_O over that of their sum; the largest of the heads, 0 where they agree, at most 1.
    /// </summary>
    public double ValueOutput { get; }

    /// <summary>The same of W_Q and W_K.</summary>
    public double QueryKey { get; }

    /// <summary>All inner products of the head's directions: [d_head, d_head]. Direction i, component t is at i * step + t * next.</summary>
    private static double[] GramMatrix(ReadOnlySpan<float> values, int directions, int width, int step, int next)
    {
        double[] gram = new double[directions * directions];
        for (int i = 0; i < directions; i++)
        {
            for (int j = 0; j < directions; j++)
            {
                for (int t = 0; t < width; t++)
                {
                    gram[(i * directions) + j] += (double)values[(i * step) + (t * next)] * values[(j * step) + (t * next)];
                }
            }
        }

        return gram;
    }

    private static double Difference(double[] first, double[] second) =>
        Math.Sqrt(first.Zip(second, (x, y) => Square(x - y)).Sum() / first.Zip(second, (x, y) => Square(x + y)).Sum());

    private static double Correlation(double[] first, double[] second)
    {
        double meanFirst = first.Average();
        double meanSecond = second.Average();
        double together = first.Zip(second, (x, y) => (x - meanFirst) * (y - meanSecond)).Sum();
        return together / Math.Sqrt(first.Sum(x => Square(x - meanFirst)) * second.Sum(y => Square(y - meanSecond)));
    }

    private static double Square(double value) => value * value;
}

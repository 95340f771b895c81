using GrokVerify.Model;

namespace GrokVerify.Tests.Measures;

/// <summary>
/// A network built by hand that solves modular addition with chosen frequencies and nothing else: uniform attention adds the circles of a and b,
/// neurons at evenly spaced phases take ReLU(cos(w_k a - phi) + cos(w_k b - phi)), and each writes the circle at 2 phi. Its logits are
/// about alpha |cos(w_k(a-b)/2)| cos(w_k(a+b-c)), summed over k (arXiv 2306.17844: the pizza). "=" embeds to zero, and the unembedding
/// reads only what the MLP writes, so that ablating either skip connection changes nothing.
/// </summary>
internal static class PizzaNetwork
{
    public const int Prime = 23;
    public const int Phases = 64;
    public const double Strength = 4;

    public static readonly int[] Frequencies = [2, 5, 9];

    public static TransformerWeights Build()
    {
        int width = 4 * Frequencies.Length;
        var config = new TransformerConfig { Prime = Prime, DModel = width, Heads = 1, DMlp = Phases * Frequencies.Length };
        var weights = new TransformerWeights(config, new float[new ParameterLayout(config).Count]);
        for (int i = 0; i < width; i++)
        {
            weights["W_V"][(i * width) + i] = 1;
            weights["W_O"][(i * width) + i] = 3;
        }

        for (int f = 0; f < Frequencies.Length; f++)
        {
            int read = 2 * f;
            int write = (2 * Frequencies.Length) + (2 * f);
            for (int j = 0; j < Prime; j++)
            {
                (double sine, double cosine) = double.SinCosPi(2.0 * Frequencies[f] * j / Prime);
                Set(weights, "W_E", width, j, read, cosine, sine);
                weights["W_U"][(write * (Prime + 1)) + j] = (float)cosine;
                weights["W_U"][((write + 1) * (Prime + 1)) + j] = (float)sine;
            }

            for (int m = 0; m < Phases; m++)
            {
                int neuron = (f * Phases) + m;
                (double sine, double cosine) = double.SinCosPi(2.0 * m / Phases);
                weights["W_in"][(read * config.DMlp) + neuron] = (float)cosine;
                weights["W_in"][((read + 1) * config.DMlp) + neuron] = (float)sine;
                (sine, cosine) = double.SinCosPi(4.0 * m / Phases);
                Set(weights, "W_out", width, neuron, write, Strength * cosine, Strength * sine);
            }
        }

        return weights;
    }

    private static void Set(TransformerWeights weights, string name, int columns, int row, int column, double first, double second)
    {
        weights[name][(row * columns) + column] = (float)first;
        weights[name][(row * columns) + column + 1] = (float)second;
    }
}

using GrokVerify.Fourier;
using GrokVerify.Model;

namespace GrokVerify.ByHand;

/// <summary>
/// A network of the paper's architecture that adds modulo p, written down and not trained. Tokens embed as the circles (cos w_k j, sin w_k j) of some frequencies; attention, alike to a, b and "=", adds those of a
/// and b to r = 2 cos(w_k(a-b)/2) (cos t, sin t), t = w_k(a+b)/2. For each frequency, neurons of equally spaced phases phi take ReLU of r along phi and write the circle at 2 phi: a quadrature of
/// integral ReLU(cos(t - phi)) cos(2 phi - w_k c) = (2/3) cos(w_k(a+b-c)). The unembedding is the circles of c.
/// </summary>
/// <remarks>
/// Source of the quadrature: arXiv 2412.03773. A ReLU is half a linear function and half an absolute value. The phases cover half a turn, and what the residual connection brings past the MLP takes the linear
/// halves away exactly: the residual stream holds A r, A = -1/2 sum over phi of (cos 2 phi, sin 2 phi) (cos phi, sin phi)^T. So n neurons do what takes 2n phases of a whole turn without that. They err by the angle
/// that harmonics 2n - 2 and 2n + 2 of the absolute value bring, about 3/((2n-2)^2 - 1) - 3/((2n+2)^2 - 1), and one frequency alone needs it below pi/p.
/// </remarks>
internal static class CosineNetwork
{
    /// <summary>Two absolute values tell no direction: A has no inverse.</summary>
    public const int FewestPhases = 3;

    private const int Positions = TransformerConfig.ContextLength;

    /// <param name="prime">An odd prime from 5 to 257.</param>
    /// <param name="frequencies">At least one, each once, from 1 to (p-1)/2.</param>
    /// <param name="phases">Neurons of each frequency, at least three.</param>
    /// <returns>d_model is twice the number of frequencies; one head; no bias and no position.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static TransformerWeights Build(int prime, IReadOnlyList<int> frequencies, int phases)
    {
        var basis = new FourierBasis(prime);
        basis.RequireFrequencies(frequencies);
        ArgumentOutOfRangeException.ThrowIfZero(frequencies.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(phases, FewestPhases);
        var config = new TransformerConfig { Prime = prime, DModel = 2 * frequencies.Count, Heads = 1, DMlp = phases * frequencies.Count };
        var weights = new TransformerWeights(config, new float[new ParameterLayout(config).Count]);
        for (int i = 0; i < frequencies.Count; i++)
        {
            WriteCircles(weights, basis, frequencies[i], 2 * i);
            WriteNeurons(weights, phases, 2 * i, phases * i);
        }

        return weights;
    }

    private static void WriteCircles(TransformerWeights weights, FourierBasis basis, int frequency, int axis)
    {
        for (int j = 0; j < basis.Prime; j++)
        {
            Set(weights, "W_E", j, axis, basis.Cosine(frequency, j));
            Set(weights, "W_E", j, axis + 1, basis.Sine(frequency, j));
            Set(weights, "W_U", axis, j, basis.Cosine(frequency, j));
            Set(weights, "W_U", axis + 1, j, basis.Sine(frequency, j));
        }
    }

    private static void WriteNeurons(TransformerWeights weights, int phases, int axis, int firstNeuron)
    {
        double[,] turn = new double[2, 2];
        for (int m = 0; m < phases; m++)
        {
            (double sine, double cosine) = double.SinCosPi((double)m / phases);
            (double sineOfTwice, double cosineOfTwice) = double.SinCosPi(2.0 * m / phases);
            turn[0, 0] -= cosineOfTwice * cosine / 2;
            turn[0, 1] -= cosineOfTwice * sine / 2;
            turn[1, 0] -= sineOfTwice * cosine / 2;
            turn[1, 1] -= sineOfTwice * sine / 2;
            Set(weights, "W_out", firstNeuron + m, axis, cosineOfTwice);
            Set(weights, "W_out", firstNeuron + m, axis + 1, sineOfTwice);
        }

        double determinant = (turn[0, 0] * turn[1, 1]) - (turn[0, 1] * turn[1, 0]);
        for (int m = 0; m < phases; m++)
        {
            // A r along the columns of A's inverse is r along the phase.
            (double sine, double cosine) = double.SinCosPi((double)m / phases);
            Set(weights, "W_in", axis, firstNeuron + m, ((turn[1, 1] * cosine) - (turn[1, 0] * sine)) / determinant);
            Set(weights, "W_in", axis + 1, firstNeuron + m, ((turn[0, 0] * sine) - (turn[0, 1] * cosine)) / determinant);
        }

        for (int i = 0; i < 2; i++)
        {
            // A third of the attention is on each token.
            Set(weights, "W_V", axis + i, axis + i, Positions);
            Set(weights, "W_O", axis, axis + i, turn[i, 0]);
            Set(weights, "W_O", axis + 1, axis + i, turn[i, 1]);
        }
    }

    private static void Set(TransformerWeights weights, string name, int row, int column, double value) =>
        weights[name][(row * weights.Layout[name].Shape[^1]) + column] = (float)value;
}

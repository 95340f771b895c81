using GrokVerify.Fourier;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>
/// Gradient symmetricity s_g: the mean over random (a, b, c) of the cosine between the gradients of logit c by the embedding of a and by that of b;
/// every c counts, not only the right one. From -1 to 1; 1 for a network of E_a + E_b alone (a pizza), clearly less for a clock.
/// </summary>
/// <remarks>Source: arXiv 2306.17844 (Zhong et al.), definition of gradient symmetricity, 100 triples.</remarks>
internal static class GradientSymmetricity
{
    /// <summary>Pairs are drawn without replacement: all of them where there are fewer.</summary>
    private const int Triples = 100;

    /// <returns>The mean over the triples whose two gradients are not zero; null when there are none.</returns>
    public static double? Of(NetworkSpectra network)
    {
        int p = network.Task.Prime;
        int[] pairs = [.. Enumerable.Range(0, p * p)];
        int[] classes = [.. Enumerable.Range(0, p * p).Select(i => i % p)];
        var random = new PythonRandom(0);
        random.Shuffle(pairs.AsSpan());
        random.Shuffle(classes.AsSpan());
        var gradients = new EmbeddingGradients(network.Activations);
        return MeanCosine(Enumerable.Range(0, Math.Min(Triples, p * p)).Select(i => gradients.OfLogit(pairs[i], classes[i])));
    }

    /// <summary>The mean cosine of pairs of gradients, pairs with a zero gradient left out; null when none is left.</summary>
    public static double? MeanCosine(IEnumerable<(double[] ByFirst, double[] BySecond)> gradients)
    {
        double sum = 0;
        int count = 0;
        foreach ((double[] byFirst, double[] bySecond) in gradients)
        {
            double norms = Math.Sqrt(Dot(byFirst, byFirst) * Dot(bySecond, bySecond));
            if (norms > 0)
            {
                sum += Dot(byFirst, bySecond) / norms;
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}

using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>
/// Distance irrelevance q: the mean over d of std over i of L[i, i + d], over the std of all L, where L[a, b] is the logit of the right answer.
/// 0 when L depends on the distance a - b alone (as in a pizza), 1 when it depends on a + b alone; population standard deviations.
/// </summary>
/// <remarks>Source: arXiv 2306.17844 (Zhong et al.), definition of distance irrelevance.</remarks>
internal static class DistanceIrrelevance
{
    /// <param name="task">The labels.</param>
    /// <param name="logits">float64 [p * p, p or more].</param>
    /// <returns>q in 0..1; null when all right logits are equal, where it is not defined.</returns>
    public static double? Of(ModularTask task, Matrix logits)
    {
        int p = task.Prime;
        double[] right = new double[task.PairCount];
        for (int pair = 0; pair < right.Length; pair++)
        {
            right[pair] = logits[pair, task.Labels[pair]];
        }

        double ofAll = PopulationStandardDeviation(right);
        if (ofAll == 0)
        {
            return null;
        }

        double[] line = new double[p];
        double sum = 0;
        for (int d = 0; d < p; d++)
        {
            for (int i = 0; i < p; i++)
            {
                line[i] = right[(i * p) + ((i + d) % p)];
            }

            sum += PopulationStandardDeviation(line);
        }

        return sum / p / ofAll;
    }

    private static double PopulationStandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
    }
}

using GrokVerify.Tasks;

namespace GrokVerify.ByHand;

/// <summary>The network of cosines that is right on all pairs with the fewest neurons.</summary>
internal static class LeastCosineNetwork
{
    private const int Draws = 200;
    private const int Tried = 20;

    /// <summary>The fewest neurons, whatever the number of frequencies.</summary>
    /// <param name="prime">An odd prime from 5 to 257.</param>
    public static WrittenNetwork Of(int prime)
    {
        WrittenNetwork least = With(prime, 1);
        for (int count = 2; count <= (prime - 1) / 2 && count * CosineNetwork.FewestPhases < least.Neurons; count++)
        {
            WrittenNetwork other = With(prime, count);
            least = other.Neurons < least.Neurons ? other : least;
        }

        return least;
    }

    /// <summary>The fewest neurons for a number of frequencies; of the sets of frequencies tried, always the same ones, that of the largest margin.</summary>
    /// <param name="prime">An odd prime from 5 to 257.</param>
    /// <param name="frequencyCount">From 1 to (p-1)/2.</param>
    public static WrittenNetwork With(int prime, int frequencyCount)
    {
        ModularTask.RequirePrime(prime);
        ArgumentOutOfRangeException.ThrowIfLessThan(frequencyCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frequencyCount, (prime - 1) / 2);
        IReadOnlyList<int[]> sets = Candidates(prime, frequencyCount);
        for (int phases = CosineNetwork.FewestPhases; ; phases++)
        {
            WrittenNetwork best = sets.Select(set => WrittenNetwork.Of(prime, set, phases)).MaxBy(network => network.Margin)!;
            if (best.Margin > 0)
            {
                return best;
            }
        }
    }

    /// <summary>Sets whose cosines tell answers best apart: a set times any number is the same network with tokens renamed, so that 1 is always in it.</summary>
    private static int[][] Candidates(int prime, int count)
    {
        var random = new PythonRandom(0);
        int[] others = [.. Enumerable.Range(2, ((prime - 1) / 2) - 1)];
        var sets = new List<int[]>();
        for (int draw = 0; draw < (count == 1 ? 1 : Draws); draw++)
        {
            random.Shuffle(others.AsSpan());
            sets.Add([1, .. others.Take(count - 1).Order()]);
        }

        return [.. sets.OrderByDescending(set => IdealMargin(prime, set)).Take(Tried)];
    }

    /// <summary>The margin without error of quadrature: least sum over k of |cos(w_k(a-b)/2)| (1 - cos w_k d) over a - b and all wrong answers c = a + b + d.</summary>
    private static double IdealMargin(int prime, int[] frequencies)
    {
        double margin = double.PositiveInfinity;
        for (int difference = 0; difference < prime; difference++)
        {
            double[] strengths = [.. frequencies.Select(k => Math.Abs(double.CosPi((double)k * difference / prime)))];
            for (int wrong = 1; wrong <= (prime - 1) / 2; wrong++)
            {
                double sum = 0;
                for (int i = 0; i < frequencies.Length; i++)
                {
                    sum += strengths[i] * (1 - double.CosPi(2.0 * frequencies[i] * wrong / prime));
                }

                margin = Math.Min(margin, sum);
            }
        }

        return margin;
    }
}

namespace GrokVerify.Judging;

/// <summary>Wilcoxon's rank-sum test of two samples, exact and two-sided; of values that are equal each has their mean rank.</summary>
/// <remarks>Source: Wilcoxon 1945, Individual comparisons by ranking methods; conditional on ties.</remarks>
internal static class RankSumTest
{
    /// <summary>The share of all ways to choose the first sample out of both whose rank sum is as far from its mean as the measured one, or further: the p-value, above 0, at most 1.</summary>
    /// <param name="first">One value or more; NaN, a statistic that does not exist, counts as less than any number.</param>
    /// <param name="second">One value or more.</param>
    public static double PValue(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double[] sorted = [.. first.Concat(second).Order()];

        // Twice the mean rank is a whole number: sums can be counted.
        int TwiceRank(double value) => sorted.Count(other => other.CompareTo(value) < 0) + sorted.Count(other => other.CompareTo(value) <= 0) + 1;
        int measured = first.Sum(TwiceRank);
        int mean = first.Count * (sorted.Length + 1);
        double[] ways = Ways([.. sorted.Select(TwiceRank)], first.Count);
        return ways.Index().Where(way => Math.Abs(way.Index - mean) >= Math.Abs(measured - mean)).Sum(way => way.Item) / ways.Sum();
    }

    /// <summary>In how many ways so many of the numbers have each sum: exact while below 2^53.</summary>
    private static double[] Ways(int[] numbers, int count)
    {
        int largest = numbers.Sum();
        double[][] bySize = [.. Enumerable.Range(0, count + 1).Select(_ => new double[largest + 1])];
        bySize[0][0] = 1;
        foreach (int number in numbers)
        {
            for (int size = count; size > 0; size--)
            {
                for (int sum = largest; sum >= number; sum--)
                {
                    bySize[size][sum] += bySize[size - 1][sum - number];
                }
            }
        }

        return bySize[count];
    }
}

namespace GrokVerify.Measures;

/// <summary>Kendall's rank correlation: concordant less discordant pairs, as a share of all pairs; -1..1. Values are taken to be different from each other.</summary>
/// <remarks>Source: Kendall 1938, A new measure of rank correlation.</remarks>
internal static class KendallsTau
{
    /// <param name="first">Two values or more.</param>
    /// <param name="second">As many.</param>
    public static double Of(IReadOnlyList<double> first, IReadOnlyList<double> second) => 1 - (2.0 * Inversions(first, second) / PairCount(first.Count));

    /// <summary>
    /// The share of all orders, each group ordered by itself, whose mean tau is as high as the measured one or higher: the exact p-value of a permutation test, 0..1.
    /// </summary>
    /// <param name="groups">Two rankings of the same two things or more, for each group.</param>
    public static double ChanceOfMean(IReadOnlyList<(IReadOnlyList<double> First, IReadOnlyList<double> Second)> groups)
    {
        // Over a common denominator the inversions of all groups add up to whole numbers, which can be compared without rounding.
        long denominator = groups.Aggregate(1L, (product, group) => LeastCommonMultiple(product, PairCount(group.First.Count)));
        var chances = new Dictionary<long, double> { [0] = 1 };
        long measured = 0;
        foreach ((IReadOnlyList<double> first, IReadOnlyList<double> second) in groups)
        {
            long weight = denominator / PairCount(first.Count);
            measured += weight * Inversions(first, second);
            double[] ofGroup = ChanceOfInversions(first.Count);
            var sums = new Dictionary<long, double>();
            foreach ((long sum, double chance) in chances)
            {
                for (int inversions = 0; inversions < ofGroup.Length; inversions++)
                {
                    long key = sum + (weight * inversions);
                    sums[key] = sums.GetValueOrDefault(key) + (chance * ofGroup[inversions]);
                }
            }

            chances = sums;
        }

        return Math.Min(1, chances.Where(entry => entry.Key <= measured).Sum(entry => entry.Value));
    }

    /// <summary>Of a random order of n things, the chance of each number of inversions: the i-th thing adds 0..i-1 of them, each as likely.</summary>
    private static double[] ChanceOfInversions(int count)
    {
        double[] chances = [1];
        for (int added = 2; added <= count; added++)
        {
            double[] longer = new double[chances.Length + added - 1];
            for (int before = 0; before < chances.Length; before++)
            {
                for (int more = 0; more < added; more++)
                {
                    longer[before + more] += chances[before] / added;
                }
            }

            chances = longer;
        }

        return chances;
    }

    private static int Inversions(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        int inversions = 0;
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                inversions += first[i] > first[j] == second[i] > second[j] ? 0 : 1;
            }
        }

        return inversions;
    }

    private static int PairCount(int count) => count * (count - 1) / 2;

    private static long LeastCommonMultiple(long first, long second)
    {
        (long larger, long smaller) = (first, second);
        while (smaller > 0)
        {
            (larger, smaller) = (smaller, larger % smaller);
        }

        return first / larger * second;
    }
}

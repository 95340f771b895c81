using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class KendallsTauTests
{
    [TestCase(new double[] { 1, 2, 3 }, 1)]
    [TestCase(new double[] { 3, 2, 1 }, -1)]
    [TestCase(new double[] { 2, 1, 3 }, 1 / 3.0)]
    [TestCase(new double[] { 5, 1, 3 }, -1 / 3.0)]
    public void Concordant_pairs_count_for_and_discordant_ones_against(double[] second, double tau) =>
        KendallsTau.Of([10, 20, 30], second).Should().BeApproximately(tau, 1e-15);

    /// <summary>Of the 6 orders of three things 1, 2, 2, 1 have 0, 1, 2, 3 inversions.</summary>
    [TestCase(new double[] { 1, 2, 3 }, 1 / 6.0)]
    [TestCase(new double[] { 2, 1, 3 }, 3 / 6.0)]
    [TestCase(new double[] { 3, 1, 2 }, 5 / 6.0)]
    [TestCase(new double[] { 3, 2, 1 }, 1)]
    public void The_chance_of_one_group_is_the_share_of_its_orders(double[] second, double chance) =>
        KendallsTau.ChanceOfMean([([1, 2, 3], second)]).Should().BeApproximately(chance, 1e-15);

    /// <summary>Every order of a group of two, one of three and one of four, counted one by one.</summary>
    [Test]
    public void The_chance_of_several_groups_is_the_share_of_all_their_orders()
    {
        double[][][] orders = [[.. Orders([1, 2])], [.. Orders([1, 2, 3])], [.. Orders([1, 2, 3, 4])]];
        double[] means = [.. from two in orders[0] from three in orders[1] from four in orders[2] select Mean(two, three, four)];
        double[][] measured = [[1, 2], [2, 1, 3], [1, 3, 4, 2]];
        double mean = Mean(measured);

        // Means are sums of thirds and sixths: different ones differ by more than 1e-2.
        double share = means.Count(other => other >= mean - 1e-9) / (double)means.Length;

        share.Should().BeInRange(0.01, 0.99);
        KendallsTau.ChanceOfMean([.. measured.Select(second => (Ascending(second.Length), (IReadOnlyList<double>)second))]).Should().BeApproximately(share, 1e-14);
    }

    private static double Mean(params double[][] groups) => groups.Average(second => KendallsTau.Of(Ascending(second.Length), second));

    private static IReadOnlyList<double> Ascending(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];

    private static IEnumerable<double[]> Orders(double[] values) => values.Length == 1
        ? [values]
        : values.SelectMany(first => Orders([.. values.Where(value => value != first)]).Select(rest => (double[])[first, .. rest]));
}

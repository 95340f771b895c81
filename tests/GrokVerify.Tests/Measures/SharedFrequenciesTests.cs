using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class SharedFrequenciesTests
{
    [Test]
    public void Every_pair_of_sets_counts_what_it_shares() => SharedFrequencies.Count([[1, 2, 3], [2, 3, 4], [3, 9]]).Should().Be(2 + 1 + 1);

    /// <summary>Two sets of 4 of 12: as many or more are hypergeometric, C(4, i) C(8, 4 - i) / C(12, 4). Of 10,000 draws the share is within four standard deviations, 0.02.</summary>
    [TestCase(0, 1)]
    [TestCase(1, 425 / 495.0)]
    [TestCase(2, 201 / 495.0)]
    [TestCase(3, 33 / 495.0)]
    [TestCase(4, 1 / 495.0)]
    public void The_chance_of_two_sets_is_hypergeometric(int shared, double chance) =>
        SharedFrequencies.ChanceOfAsMany([[1, 2, 3, 4], [.. Enumerable.Range(5 - shared, 4)]], 12).Should().BeApproximately(chance, 0.02);

    [Test]
    public void The_same_sets_have_the_same_chance()
    {
        int[][] sets = [[14, 35, 41, 42, 52], [3, 6, 23, 39], [6, 7, 15, 27, 38]];

        SharedFrequencies.ChanceOfAsMany(sets, 56).Should().Be(SharedFrequencies.ChanceOfAsMany(sets, 56)).And.BeGreaterThan(0.5);
    }

    [Test]
    public void No_chance_is_below_what_draws_can_show() => SharedFrequencies.ChanceOfAsMany([[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]], 56).Should().Be(1 / 10_001.0);
}

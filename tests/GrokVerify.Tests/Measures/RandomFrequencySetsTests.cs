using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class RandomFrequencySetsTests
{
    private static readonly double[] Rising = [.. Enumerable.Range(1, 12).Select(k => (double)k)];

    [Test]
    public void The_best_set_has_the_least_share() => RandomFrequencySets.ShareWithAsMuch([.. Enumerable.Range(1, 56).Select(k => k is 14 or 35 or 41 or 42 or 52 ? 1.0 : 0)], [14, 35, 41, 42, 52]).Should().Be(1 / 1001.0);

    [Test]
    public void The_worst_set_is_surpassed_by_all() => RandomFrequencySets.ShareWithAsMuch(Rising, [1, 2]).Should().Be(1);

    /// <summary>Of the 66 pairs of 1..12 those with a sum of 20 or more are 6: (8, 12), (9, 11), (9, 12), (10, 11), (10, 12), (11, 12). Of 1,000 draws the share is within four standard deviations, 0.037.</summary>
    [Test]
    public void A_set_between_has_the_share_of_sets_with_as_much() => RandomFrequencySets.ShareWithAsMuch(Rising, [9, 11]).Should().BeApproximately(6 / 66.0, 0.037);
}

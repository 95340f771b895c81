using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class PairedRatioTests
{
    private static readonly double[] Halved = [.. Enumerable.Range(0, 10).Select(i => Math.Log(0.5) + (0.01 * (i - 4.5)))];
    private static readonly double[] Unchanged = [.. Enumerable.Range(0, 10).Select(i => 0.1 * (i - 4.5))];

    [Test]
    public void Halving_is_found_with_an_interval_around_it()
    {
        PairedRatio ratio = PairedRatio.Together([Halved])[0];

        ratio.Ratio.Should().BeApproximately(0.5, 1e-12);
        ratio.Low.Should().BeInRange(0.485, 0.4999, "the standard error of the mean of the logarithms is 0.009");
        ratio.High.Should().BeInRange(0.5001, 0.515);
        ratio.ToString().Should().Be("0.50 (0.49 to 0.51)");
    }

    /// <summary>The bootstrap's own spread is that of the mean with n in the place of n - 1; 1.96 of it on each side, give or take what 10,000 draws of ten pairs leave over.</summary>
    [Test]
    public void An_interval_is_as_wide_as_the_pairs_are_spread()
    {
        PairedRatio ratio = PairedRatio.Together([Unchanged])[0];
        double expected = 1.96 * Math.Sqrt(Unchanged.Average(value => value * value) / Unchanged.Length);

        Math.Log(ratio.High).Should().BeInRange(0.9 * expected, 1.1 * expected);
        Math.Log(ratio.Low).Should().BeInRange(-1.1 * expected, -0.9 * expected);
    }

    [Test]
    public void Of_several_comparisons_the_surest_has_the_widest_interval_and_those_that_fail_share_a_level()
    {
        double[] noisy = [.. Unchanged.Select(value => value - 0.05)];
        IReadOnlyList<PairedRatio> together = PairedRatio.Together([noisy, Halved, Unchanged]);

        PairedRatio alone = PairedRatio.Together([Halved])[0];
        (together[1].High - together[1].Low).Should().BeGreaterThan(1.1 * (alone.High - alone.Low), "its level is a third of 5%");
        (together[0].High / together[0].Low).Should().BeApproximately(together[2].High / together[2].Low, 0.01, "one is the other shifted, both at half of 5%");
        together.Count(ratio => ratio.High < 1).Should().Be(1);
    }

    /// <summary>What would be below 1 alone need not be among many.</summary>
    [Test]
    public void A_ratio_that_is_barely_sure_alone_is_not_among_seven()
    {
        double spread = Math.Sqrt(Unchanged.Average(value => value * value) / Unchanged.Length);
        double[] barely = [.. Unchanged.Select(value => value - (2.2 * spread))];

        PairedRatio.Together([barely])[0].High.Should().BeLessThan(1);
        PairedRatio.Together([barely, .. Enumerable.Repeat(Unchanged, 6)])[0].High.Should().BeGreaterThan(1);
    }
}

using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class LogisticMidpointTests
{
    private static readonly double[] Sizes = [4, 8, 16, 32, 64, 128, 256, 512];

    /// <summary>A step of the grid is a four-hundredth of the range in ln size: half of one is off by at most a factor of 1.006.</summary>
    [TestCase(20, 0.3)]
    [TestCase(100, 0.8)]
    [TestCase(45, 0.1)]
    public void The_midpoint_of_a_logistic_curve_is_found(double midpoint, double width)
    {
        LogisticMidpoint found = LogisticMidpoint.Fit([.. Sizes.Select(size => (size, 1 / (1 + Math.Exp((Math.Log(midpoint) - Math.Log(size)) / width))))])!;

        found.Size.Should().BeInRange(midpoint / 1.02, midpoint * 1.02);
    }

    [Test]
    public void Where_every_size_has_all_or_nothing_it_is_halfway_between_the_two()
    {
        LogisticMidpoint found = LogisticMidpoint.Fit([.. Sizes.SelectMany(size => Enumerable.Repeat((size, size < 20 ? 0.0 : 1), 5))])!;

        found.Size.Should().BeInRange(21, 24.5, "the square root of 16 times 32 is 22.6");
        found.Low.Should().Be(found.Size, "whoever draws from all or nothing draws the same");
        found.High.Should().Be(found.Size);
    }

    [Test]
    public void The_interval_is_the_wider_the_fewer_observations_there_are()
    {
        LogisticMidpoint few = Fit(seeds: 3);
        LogisticMidpoint many = Fit(seeds: 30);

        few.Low.Should().BeLessThan(few.Size);
        few.High.Should().BeGreaterThan(few.Size);
        (many.High / many.Low).Should().BeLessThan(few.High / few.Low);

        static LogisticMidpoint Fit(int seeds) => LogisticMidpoint.Fit([.. Sizes.SelectMany(size => Enumerable.Range(0, seeds).Select(seed => (size, seed % 3 < Math.Log2(size) - 3 ? 1.0 : 0)))])!;
    }

    [Test]
    public void Shares_that_do_not_pass_one_half_have_none()
    {
        LogisticMidpoint.Fit([(4, 0), (8, 0.1), (16, 0.4)]).Should().BeNull();
        LogisticMidpoint.Fit([(4, 0.6), (8, 0.9), (16, 1)]).Should().BeNull();
    }
}

using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class LogarithmicCrossingTests
{
    [Test]
    public void It_lies_on_the_straight_line_in_ln_size_between_its_neighbours() =>
        LogarithmicCrossing.Rising([(100, 0.1), (400, 0.3), (1_600, 0.7)], 0.5).Should().BeApproximately(800, 1e-9);

    [Test]
    public void A_level_that_a_size_has_exactly_is_passed_there() => LogarithmicCrossing.Rising([(100, 0.1), (400, 0.5), (1_600, 0.7)], 0.5).Should().BeApproximately(400, 1e-9);

    [Test]
    public void The_first_rise_counts() => LogarithmicCrossing.Rising([(1, 0), (2, 1), (4, 0), (8, 1)], 0.5).Should().BeApproximately(Math.Sqrt(2), 1e-12);

    [Test]
    public void What_only_falls_or_stays_has_none()
    {
        LogarithmicCrossing.Rising([(1, 1), (2, 0)], 0.5).Should().BeNull();
        LogarithmicCrossing.Rising([(1, 0.6), (2, 0.9)], 0.5).Should().BeNull();
        LogarithmicCrossing.Rising([(1, 0.1), (2, double.NaN)], 0.5).Should().BeNull();
    }
}

using GrokVerify.Judging;

namespace GrokVerify.Tests.Judging;

[Category("Fast")]
public class RankSumTestTests
{
    /// <summary>Of the C(7, 3) = 35 choices one has the largest sum and one the smallest.</summary>
    [TestCase(new double[] { 5, 6, 7 }, new double[] { 1, 2, 3, 4 }, 2 / 35.0)]
    [TestCase(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6, 7 }, 2 / 35.0)]
    [TestCase(new double[] { 4, 6, 7 }, new double[] { 1, 2, 3, 5 }, 4 / 35.0)]
    public void Samples_that_lie_apart_are_unlikely(double[] first, double[] second, double expected) =>
        RankSumTest.PValue(first, second).Should().BeApproximately(expected, 1e-15);

    [Test]
    public void Equal_values_tell_nothing() => RankSumTest.PValue([1, 1], [1, 1, 1]).Should().Be(1);

    /// <summary>Ranks 1.5, 1.5, 3, 4: two of them have the sums 3, 4.5, 4.5, 5.5, 5.5, 7, with the mean 5. As far as 3 or 7 lie two of the six, as far as 4.5 or 5.5 all.</summary>
    [TestCase(new double[] { 1, 1 }, new double[] { 2, 3 }, 2 / 6.0)]
    [TestCase(new double[] { 1, 2 }, new double[] { 1, 3 }, 1)]
    public void Of_equal_values_each_has_the_mean_rank(double[] first, double[] second, double expected) =>
        RankSumTest.PValue(first, second).Should().BeApproximately(expected, 1e-15);

    [Test]
    public void What_does_not_exist_is_less_than_any_number() =>
        RankSumTest.PValue([double.NaN, double.NaN], [double.NegativeInfinity, 1, 2]).Should().BeApproximately(2 / 10.0, 1e-15);
}

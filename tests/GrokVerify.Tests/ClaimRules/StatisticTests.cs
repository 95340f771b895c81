using GrokVerify.Judging;

namespace GrokVerify.Tests.ClaimRules;

[Category("Fast")]
public class StatisticTests
{
    [TestCase(1.0, 2.0, 1.0, true)]
    [TestCase(1.0, 2.0, 2.0, true)]
    [TestCase(1.0, 2.0, 0.999, false)]
    [TestCase(1.0, 2.0, 2.001, false)]
    [TestCase(null, 2.0, -100.0, true)]
    [TestCase(1.0, null, double.PositiveInfinity, true)]
    [TestCase(null, null, 7.0, true)]
    [TestCase(null, null, null, false)]
    [TestCase(null, null, double.NaN, false)]
    [TestCase(1.0, 2.0, double.NaN, false)]
    public void Bounds_are_inclusive_and_a_value_has_to_exist(double? least, double? most, double? measured, bool admits)
    {
        var statistic = new Statistic("a number", least, most);

        statistic.Admits(measured).Should().Be(admits);
        statistic.Of(measured, "it was not looked for").Holds.Should().Be(admits);
    }

    [Test]
    public void The_reason_for_a_missing_value_is_told_and_dropped_where_there_is_one()
    {
        var statistic = new Statistic("a number", AtLeast: 1);

        statistic.Of(null, "it was not looked for").ToString().Should().Be("FAILS: a number: it was not looked for (rule: at least 1)");
        statistic.Of(3, "it was not looked for").ToString().Should().Be("holds: a number: 3 (rule: at least 1)");
    }
}

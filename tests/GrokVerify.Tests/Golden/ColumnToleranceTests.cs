using GrokVerify.Golden;

namespace GrokVerify.Tests.Golden;

[Category("Fast")]
public class ColumnToleranceTests
{
    [TestCase("exact")]
    [TestCase("rel 1e-05")]
    [TestCase("abs 1e-07")]
    [TestCase("rel 1e-05 + abs 1e-07")]
    [TestCase("abs 0.25 or nan")]
    public void Its_written_form_reads_back(string text)
    {
        ColumnTolerance.TryParse(text, out ColumnTolerance? tolerance).Should().BeTrue();
        tolerance!.ToString().Should().Be(text);
    }

    [TestCase("")]
    [TestCase("1e-5")]
    [TestCase("rel")]
    [TestCase("rel -1e-5")]
    [TestCase("rel nan")]
    [TestCase("rel 1")]
    [TestCase("abs 0")]
    [TestCase("abs infinity")]
    [TestCase("rel 1e-5 + rel 1e-5")]
    [TestCase("abs 1e-5 + abs 1e-5")]
    [TestCase("abs 1e-5 + rel 1e-5")]
    [TestCase("rel 1e-5 + abs 1e-5 + abs 1e-5")]
    [TestCase("exact or nan")]
    [TestCase("rel 1e-5 or null")]
    public void Anything_else_is_refused(string text) => ColumnTolerance.TryParse(text, out _).Should().BeFalse();

    [Test]
    public void The_allowance_is_the_sum_of_both_parts() =>
        ColumnTolerance.Within(relative: 0.125, absolute: 0.5).Allowed(-8).Should().Be(1.5);

    [TestCase("rel 1e-5", "rel 1e-5", false)]
    [TestCase("exact", "rel 1e-5", false)]
    [TestCase("rel 1e-5", "exact", true)]
    [TestCase("rel 2e-5", "rel 1e-5", true)]
    [TestCase("rel 1e-5 + abs 1e-9", "rel 1e-5", true)]
    [TestCase("rel 1e-5 or nan", "rel 1e-5", true)]
    public void One_is_wider_where_any_part_of_it_is(string text, string bound, bool wider)
    {
        ColumnTolerance.TryParse(text, out ColumnTolerance? tolerance).Should().BeTrue();
        ColumnTolerance.TryParse(bound, out ColumnTolerance? widest).Should().BeTrue();

        tolerance!.IsWiderThan(widest!).Should().Be(wider);
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(-1e-5, 0)]
    [TestCase(0, double.NaN)]
    [TestCase(0, double.PositiveInfinity)]
    public void A_tolerance_that_could_not_fail_or_could_not_pass_is_refused(double relative, double absolute) =>
        ((Action)(() => ColumnTolerance.Within(relative, absolute))).Should().Throw<ArgumentException>().WithMessage("a tolerance of*");
}

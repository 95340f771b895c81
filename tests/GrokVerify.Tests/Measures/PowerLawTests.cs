using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class PowerLawTests
{
    /// <summary>A dozen operations in float64 on numbers of order 1 to 10.</summary>
    [TestCase(-4.2)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(2.5)]
    public void The_exponent_of_a_power_law_is_found(double exponent) =>
        PowerLaw.Exponent([.. new[] { 0.25, 0.3, 0.4, 0.6 }.Select(x => (x, 7 * Math.Pow(x, exponent)))]).Should().BeApproximately(exponent, 1e-12);

    [Test]
    public void The_factor_is_found_with_it()
    {
        (double exponent, double factor) = PowerLaw.Fit([(1, 3), (2, 12), (4, 48)]);

        exponent.Should().BeApproximately(2, 1e-12);
        factor.Should().BeApproximately(3, 1e-12);
    }

    [Test]
    public void A_point_beside_the_line_moves_it_by_least_squares() =>
        PowerLaw.Exponent([(1, 1), (Math.E, 1), (Math.E * Math.E, Math.E)]).Should().BeApproximately(0.5, 1e-12);

    [Test]
    public void What_has_no_exponent_is_refused()
    {
        FluentActions.Invoking(() => PowerLaw.Exponent([(1, 1)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PowerLaw.Exponent([(1, 1), (1, 2)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PowerLaw.Exponent([(0, 1), (2, 1)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PowerLaw.Exponent([(1, 1), (2, 0)])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PowerLaw.Exponent([(1, 1), (2, double.NaN)])).Should().Throw<ArgumentException>();
    }
}

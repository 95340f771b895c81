using GrokVerify.Model;

namespace GrokVerify.Tests.Model;

/// <summary>Against the C library of this machine, which is within one unit in the last place of the truth.</summary>
[Category("Fast")]
public class PortableMathTests
{
    private const double Ulp = 1.1102230246251565e-16;

    [Test]
    public void A_logarithm_is_within_four_units_in_the_last_place()
    {
        foreach (double x in Inputs().Concat([1, 0.5, 0.70710678118654757, 0.70710678118654746, double.BitDecrement(1), 1.0 / (1L << 53)]))
        {
            double expected = Math.Log(x);
            PortableMath.Log(x).Should().BeApproximately(expected, 4 * Ulp * Math.Abs(expected), $"of {x:R}");
        }
    }

    /// <summary>Absolute: the C library's argument 2 pi u is rounded, by up to 4e-16 near a whole turn.</summary>
    [Test]
    public void Sine_and_cosine_of_a_part_of_a_turn_are_those_of_its_angle()
    {
        foreach (double turn in Inputs().Concat([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, double.BitDecrement(1)]))
        {
            (double sine, double cosine) = PortableMath.SinCosOfTurn(turn);

            sine.Should().BeApproximately(Math.Sin(2 * Math.PI * turn), 8 * Ulp, $"sine of {turn:R} turns");
            cosine.Should().BeApproximately(Math.Cos(2 * Math.PI * turn), 8 * Ulp, $"cosine of {turn:R} turns");
        }
    }

    [TestCase(0, 0, 1)]
    [TestCase(0.25, 1, 0)]
    [TestCase(0.5, 0, -1)]
    [TestCase(0.75, -1, 0)]
    [TestCase(1, 0, 1)]
    public void Quarters_of_a_turn_are_exact(double turn, double sine, double cosine) => PortableMath.SinCosOfTurn(turn).Should().Be((sine, cosine));

    private static IEnumerable<double> Inputs() => Enumerable.Range(1, 9_999).Select(i => i / 10_000.0);
}

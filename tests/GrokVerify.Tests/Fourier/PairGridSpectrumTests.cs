using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class PairGridSpectrumTests
{
    private const int Prime = 11;

    /// <summary>Sums of 121 terms of order 1, squared and summed over 8: 121 * 10 * 8 * 2^-53 = 1e-12 at worst.</summary>
    private const double Rounding = 1e-11;

    private static readonly FourierBasis Basis = new(Prime);
    private static readonly Matrix Values = Logits.Random(Prime, 3, 8);
    private static readonly PairGridSpectrum Spectrum = new(Basis, new PairGridSums(Prime, Values, 3));

    [TestCase(48, 3)]
    [TestCase(49, 2)]
    public void Sums_over_other_than_all_pairs_are_refused(int rows, int columns) =>
        FluentActions.Invoking(() => new PairGridSums(7, new Matrix(rows, columns), 3)).Should().Throw<ArgumentException>().WithMessage($"expected [49, 3 or more] values, got [{rows}, {columns}]*");

    [Test]
    public void The_power_of_a_frequency_is_that_of_its_eight_two_dimensional_coefficients()
    {
        for (int column = 0; column < 3; column++)
        {
            for (int k = 1; k <= 5; k++)
            {
                double expected = Products(k).Skip(1).Sum(product => Square(Coefficient(product, column)));
                Spectrum.Power(k, column).Should().BeApproximately(expected, Rounding);
            }
        }
    }

    [Test]
    public void The_projection_is_on_the_constant_and_the_eight_products_of_each_frequency()
    {
        RowFiller projection = Spectrum.Projection(column => column == 0 ? [2] : [1, 4]);

        ShouldProject(projection, column => column == 0 ? Products(2) : Products(1).Concat(Products(4).Skip(1)));
    }

    [Test]
    public void The_degree_one_projection_keeps_the_functions_of_one_number_alone()
    {
        RowFiller projection = Spectrum.DegreeOneProjection(_ => [3]);

        ShouldProject(projection, _ => Products(3).Where((_, i) => i is 0 or 1 or 2 or 3 or 6));
    }

    [Test]
    public void Equal_powers_give_the_lowest_frequency()
    {
        Spectrum.Strongest(0, (_, _) => 1).Frequency.Should().Be(1);
        Spectrum.Strongest(0, (k, _) => k == 4 ? 2 : 1).Should().Be((4, 2));
    }

    private static void ShouldProject(RowFiller projection, Func<int, IEnumerable<double[]>> directions)
    {
        double[] row = new double[3];
        for (int pair = 0; pair < Prime * Prime; pair++)
        {
            projection(pair, row);
            for (int column = 0; column < 3; column++)
            {
                row[column].Should().BeApproximately(directions(column).Sum(direction => Coefficient(direction, column) * direction[pair]), Rounding);
            }
        }
    }

    /// <summary>{1, cos, sin} of a times {1, cos, sin} of b, unit vectors over the pairs; (1, 1) first.</summary>
    private static IEnumerable<double[]> Products(int k)
    {
        int[] rows = [0, (2 * k) - 1, 2 * k];
        return rows.SelectMany(_ => rows, (f, g) => Enumerable.Range(0, Prime * Prime).Select(pair => Basis.Rows[f, pair / Prime] * Basis.Rows[g, pair % Prime]).ToArray());
    }

    private static double Coefficient(double[] direction, int column) => Enumerable.Range(0, direction.Length).Sum(pair => direction[pair] * Values[pair, column]);

    private static double Square(double value) => value * value;
}

using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class LogitGridSpectrumTests
{
    private const int Prime = 11;

    private static readonly FourierBasis Basis = new(Prime);

    /// <summary>Sums of a thousand terms of order 10 in float64.</summary>
    private const double Rounding = 1e-10;

    [Test]
    public void A_network_that_reads_off_cosines_has_its_power_where_both_components_are_of_one_frequency()
    {
        Matrix spectrum = LogitGridSpectrum.Of(Basis, Logits.Clock(Prime, (2, 3), (5, 1)));

        for (int row = 0; row < Prime; row++)
        {
            for (int column = 0; column < Prime; column++)
            {
                bool isOfTwo = row is 3 or 4 && column is 3 or 4;
                bool isOfFive = row is 9 or 10 && column is 9 or 10;

                // cos(w(a+b-c)) is half of p^3 in squares, spread over four products of cosines and sines.
                double expected = (isOfTwo ? 3 : isOfFive ? 1 : 0) * Math.Sqrt(Math.Pow(Prime, 3) / 2 / 4);
                spectrum[row, column].Should().BeApproximately(expected, Rounding, "component {0} of a and {1} of b", row, column);
            }
        }
    }

    [Test]
    public void Its_squares_add_up_to_those_of_the_centred_logits()
    {
        Matrix logits = Logits.Random(Prime, Prime + 1, seed: 1);

        double power = 0;
        for (int pair = 0; pair < Prime * Prime; pair++)
        {
            double[] row = logits.Row(pair)[..Prime].ToArray();
            power += row.Sum(value => (value - row.Average()) * (value - row.Average()));
        }

        LogitGridSpectrum.Of(Basis, logits).Values.Sum(norm => norm * norm).Should().BeApproximately(power, Rounding * power, "the basis is orthonormal, and the last column takes no part");
    }
}

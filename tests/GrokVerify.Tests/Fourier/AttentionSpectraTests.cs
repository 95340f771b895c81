using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

/// <summary>Patterns whose spectrum is known: p = 7, two heads.</summary>
[Category("Fast")]
public class AttentionSpectraTests
{
    private const int Prime = 7;
    private static readonly FourierBasis Basis = new(Prime);

    /// <summary>Sums of 49 terms of order 1: 49 * 2^-53.</summary>
    private const double Rounding = 1e-14;

    /// <summary>A wave of amplitude A has the variance A^2 / 2: 0.1^2 of 0.1^2 + 0.2^2.</summary>
    [Test]
    public void A_heads_frequency_is_that_of_a_or_b_alone_and_its_fraction_is_of_everything_that_varies()
    {
        AttentionSpectra spectra = Of((a, b) => 0.4 + (0.1 * Basis.Cosine(2, a)) + (0.2 * Basis.Cosine(3, a + b)));

        spectra.Frequencies[0].Should().Be(2);
        spectra.Fractions[0].Should().BeApproximately(0.2, Rounding);
    }

    [Test]
    public void Waves_of_a_and_of_b_both_count()
    {
        AttentionSpectra spectra = Of((a, b) => (0.1 * Basis.Sine(1, a)) + (0.1 * Basis.Cosine(1, b)) + (0.12 * Basis.Sine(3, b)));

        spectra.Frequencies[0].Should().Be(1);
        spectra.Fractions[0].Should().BeApproximately(0.02 / (0.02 + (0.12 * 0.12)), Rounding);
    }

    [Test]
    public void A_constant_pattern_has_the_fraction_zero() => Of((_, _) => 0.1).Fractions.Should().Equal(0, 0);

    /// <summary>The mean of 49 equal numbers may be off by some of their last digits; what is left then is no variance.</summary>
    [Test]
    public void Numbers_that_are_all_the_same_have_no_power()
    {
        double[] constants = [.. Enumerable.Range(1, 64).Select(i => i / 10.0)];
        var values = new Matrix(Prime * Prime, constants.Length, [.. Enumerable.Repeat(constants, Prime * Prime).SelectMany(row => row)]);
        var sums = new PairGridSums(Prime, values, constants.Length);

        sums.Mean.Should().NotEqual(constants, "otherwise this shows nothing");
        CentredPower.Of(values, sums).Should().OnlyContain(power => power == 0);
    }

    /// <summary>The pattern of the first head's attention to a; the second head's is constant, and so is that to b and to "=".</summary>
    private static AttentionSpectra Of(Func<int, int, double> toFirst)
    {
        var pattern = new Matrix(Prime * Prime, 6);
        for (int pair = 0; pair < pattern.Rows; pair++)
        {
            pattern.Row(pair).Fill(0.3);
            pattern[pair, 0] = toFirst(pair / Prime, pair % Prime);
        }

        return AttentionSpectra.Of(Basis, pattern);
    }
}

using GrokVerify.Fourier;

namespace GrokVerify.Tests.Fourier;

/// <summary>Gini coefficient and inverse participation ratio of spectra.</summary>
[Category("Fast")]
public class SparsityTests
{
    /// <summary>Sums of at most 113 terms of order 1.</summary>
    private const double Rounding = 1e-13;

    private const int Prime = 113;

    [TestCase(56)]
    [TestCase(112)]
    [TestCase(113)]
    public void The_Gini_coefficient_of_one_entry_of_n_is_one_less_its_share(int n)
    {
        double[] values = new double[n];
        values[n / 3] = 7;

        Gini.Of(values).Should().BeApproximately((n - 1.0) / n, Rounding);
    }

    [Test]
    public void The_Gini_coefficient_of_equal_entries_is_zero()
    {
        Gini.Of([3, 3, 3, 3]).Should().BeApproximately(0, Rounding);
        Gini.Of([0, 0]).Should().Be(0);
    }

    [Test]
    public void The_Gini_coefficient_knows_neither_scale_nor_order()
    {
        // By hand: sorted 1, 2, 5, sum 8: (-2 * 1 + 0 * 2 + 2 * 5) / (3 * 8) = 1/3.
        Gini.Of([5, 1, 2]).Should().BeApproximately(1.0 / 3, Rounding);
        Gini.Of([2000, 5000, 1000]).Should().BeApproximately(1.0 / 3, Rounding);
    }

    [Test]
    public void Numbers_below_zero_NaN_and_no_numbers_are_refused()
    {
        foreach (double[] values in new double[][] { [], [1, -1], [double.NaN] })
        {
            ((Action)(() => Gini.Of(values))).Should().Throw<ArgumentException>();
            ((Action)(() => InverseParticipationRatio.Of(values))).Should().Throw<ArgumentException>();
        }
    }

    [Test]
    public void The_participation_ratio_of_a_cosine_is_one_over_frequencies_and_a_half_over_the_full_transform()
    {
        double[] cosine = [.. Enumerable.Range(0, Prime).Select(j => Math.Cos((2 * Math.PI * 14 * j / Prime) + 0.4))];
        double[] full = [.. Enumerable.Range(0, Prime).Select(f => PowerOfComplexTransform(cosine, f))];

        InverseParticipationRatio.OfSignal(new FourierBasis(Prime), cosine).Should().BeApproximately(1, Rounding);
        InverseParticipationRatio.Of(full).Should().BeApproximately(0.5, 1e-11, "113 terms in each of 113 sums");
    }

    [Test]
    public void The_participation_ratio_of_a_spike_is_the_least_possible()
    {
        double[] spike = new double[113];
        spike[5] = 2;

        // Powers: constant 1/p, each of the 56 frequencies 2/p. (1 + 56 * 4) / p^2.
        InverseParticipationRatio.OfSignal(new FourierBasis(113), spike).Should().BeApproximately(225.0 / (113 * 113), Rounding);
        InverseParticipationRatio.Of([1, 1, 1, 1]).Should().Be(0.25);
    }

    private static double PowerOfComplexTransform(double[] signal, int frequency)
    {
        double real = 0;
        double imaginary = 0;
        for (int j = 0; j < signal.Length; j++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (frequency * j % signal.Length) / signal.Length);
            real += signal[j] * cosine;
            imaginary += signal[j] * sine;
        }

        return (real * real) + (imaginary * imaginary);
    }
}

using GrokVerify.Fourier;

namespace GrokVerify.Tests.Fourier;

/// <summary>The Gini coefficient of spectra.</summary>
[Category("Fast")]
public class GiniTests
{
    /// <summary>Sums of at most 113 terms of order 1.</summary>
    private const double Rounding = 1e-13;

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
        }
    }
}

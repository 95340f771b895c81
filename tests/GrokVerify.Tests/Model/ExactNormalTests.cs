using GrokVerify.Model;
using MathNet.Numerics.Distributions;

namespace GrokVerify.Tests.Model;

/// <summary>
/// The draws against the standard normal distribution. Every bound is 5 standard errors (two-sided, 5.7e-7 for one test) of the
/// statistic over n independent draws; the seed is fixed, so a test that has passed fails only after a change of the code.
/// </summary>
[Category("Fast")]
public class ExactNormalTests
{
    private const int Count = 1 << 18;
    private const double Sigmas = 5;

    private static readonly Lazy<double[]> Draws = new(() => Draw(0, "W_E", Count));

    [Test]
    public void The_mean_is_zero() =>
        // Standard error of the mean: 1/sqrt(n).
        Draws.Value.Average().Should().BeApproximately(0, Sigmas / Math.Sqrt(Count));

    [Test]
    public void The_variance_is_one() =>
        // Var(x^2) = E x^4 - 1 = 2.
        Moment(2).Should().BeApproximately(1, Sigmas * Math.Sqrt(2d / Count));

    [Test]
    public void The_third_moment_is_zero() =>
        // Var(x^3) = E x^6 = 15.
        Moment(3).Should().BeApproximately(0, Sigmas * Math.Sqrt(15d / Count));

    [Test]
    public void The_fourth_moment_is_three() =>
        // Var(x^4) = E x^8 - 9 = 105 - 9.
        Moment(4).Should().BeApproximately(3, Sigmas * Math.Sqrt(96d / Count));

    /// <summary>P(|x| &gt; t) = erfc(t / sqrt 2); a count is binomial with variance n P (1 - P).</summary>
    [TestCase(0.5, 0.61707507745197420)]
    [TestCase(1, 0.31731050786291415)]
    [TestCase(2, 0.04550026389635841)]
    [TestCase(3, 0.002699796063260189)]
    [TestCase(4, 6.334248366623994e-05)]
    public void The_tails_have_their_weight(double threshold, double probability)
    {
        int beyond = Draws.Value.Count(x => Math.Abs(x) > threshold);

        ((double)beyond).Should().BeApproximately(Count * probability, Sigmas * Math.Sqrt(Count * probability * (1 - probability)));
    }

    /// <summary>
    /// Kolmogorov's statistic K = sqrt(n) * sup |F_n - F|: P(K &gt; 2.75) = 2 exp(-2 * 2.75^2) = 5.4e-7, and
    /// P(K &lt; 0.27) = sqrt(2 pi)/0.27 * exp(-pi^2 / (8 * 0.27^2)) = 4.2e-7: draws more even than chance would be as wrong.
    /// </summary>
    [Test]
    public void The_distribution_function_is_the_normal_one()
    {
        double[] sorted = [.. Draws.Value.Order()];
        double distance = 0;
        for (int i = 0; i < Count; i++)
        {
            double expected = Normal.CDF(0, 1, sorted[i]);
            distance = Math.Max(distance, Math.Max(((i + 1d) / Count) - expected, expected - ((double)i / Count)));
        }

        (distance * Math.Sqrt(Count)).Should().BeInRange(0.27, 2.75);
    }

    [Test]
    public void The_magnitude_is_continuous_across_integers()
    {
        // The integer part and the fraction are drawn apart: the two sides of 1 differ only by the density's slope,
        // P(0.99 < |x| < 1) / P(1 < |x| < 1.01) = 1.0100 (exact to 1e-4), each a count of about 1,270.
        int below = Draws.Value.Count(x => Math.Abs(x) is > 0.99 and < 1);
        int above = Draws.Value.Count(x => Math.Abs(x) is > 1 and < 1.01);
        double expectedBelow = Count * 2 * (Normal.CDF(0, 1, 1) - Normal.CDF(0, 1, 0.99));
        double expectedAbove = Count * 2 * (Normal.CDF(0, 1, 1.01) - Normal.CDF(0, 1, 1));

        ((double)below).Should().BeApproximately(expectedBelow, Sigmas * Math.Sqrt(expectedBelow));
        ((double)above).Should().BeApproximately(expectedAbove, Sigmas * Math.Sqrt(expectedAbove));
    }

    [Test]
    public void Neighbouring_draws_are_independent() =>
        // The mean of n products of independent standard normals has standard error 1/sqrt(n).
        Draws.Value.Zip(Draws.Value.Skip(1), (x, y) => x * y).Average().Should().BeApproximately(0, Sigmas / Math.Sqrt(Count));

    [TestCase(0, "W_E", 0, "W_U")]
    [TestCase(0, "W_E", 1, "W_E")]
    [TestCase(0, "W_Q", 0, "W_K")]
    [TestCase(-1, "W_E", 1, "W_E")]
    public void Streams_of_other_names_and_seeds_are_independent(long seed, string stream, long otherSeed, string otherStream)
    {
        const int length = 1 << 16;
        double[] one = Draw(seed, stream, length);
        double[] other = Draw(otherSeed, otherStream, length);

        one.Zip(other, (x, y) => x * y).Average().Should().BeApproximately(0, Sigmas / Math.Sqrt(length));
        one.Intersect(other).Should().BeEmpty();
    }

    [Test]
    public void The_same_seed_and_name_give_the_same_numbers() => Draw(7, "W_in", 1000).Should().Equal(Draw(7, "W_in", 1000));

    private static double[] Draw(long seed, string stream, int count)
    {
        var normal = new ExactNormal(seed, stream);
        return [.. Enumerable.Range(0, count).Select(_ => normal.Next())];
    }

    private static double Moment(int power) => Draws.Value.Average(x => Math.Pow(x, power));
}

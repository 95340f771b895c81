using GrokVerify.Fourier;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class AlphaSpectrumTests
{
    /// <summary>A mean of up to 23^3 = 1.2e4 terms of order 10: 1.2e4 * 2^-53 * 10 = 1.4e-11 at worst, far less in practice.</summary>
    private const double Rounding = 1e-11;

    private const int Prime = 11;

    [Test]
    public void It_recovers_the_coefficients_of_a_sum_of_cosines()
    {
        AlphaSpectrum spectrum = new PairLogits(new ModularTask(23), Logits.Clock(23, (2, 5), (7, -3), (11, 0.5))).Alpha;

        for (int k = 1; k <= 11; k++)
        {
            spectrum[k].Should().BeApproximately(k switch { 2 => 5, 7 => -3, 11 => 0.5, _ => 0 }, Rounding);
        }

        spectrum.FractionOfVarianceExplained([2, 7, 11]).Should().BeApproximately(1, Rounding);
        spectrum.FractionOfVarianceExplained([2]).Should().BeApproximately(25 / 34.25, Rounding);
    }

    [Test]
    public void It_equals_the_definition_on_any_logits_and_ignores_the_equals_class_and_shifts_of_rows()
    {
        Matrix logits = Logits.Random(Prime, Prime + 1, 5);
        for (int pair = 0; pair < logits.Rows; pair++)
        {
            for (int c = 0; c <= Prime; c++)
            {
                logits[pair, c] += c == Prime ? 1000 : pair;
            }
        }

        AlphaSpectrum spectrum = new PairLogits(new ModularTask(Prime), logits).Alpha;

        int[] some = [0, 3, Prime + 1, (Prime * Prime) - 1];
        double residual = 0;
        double total = 0;
        double residualOfSome = 0;
        double totalOfSome = 0;
        double[] alpha = [.. Enumerable.Range(1, 5).Select(k => Sum(Prime, (a, b, c) => logits[(a * Prime) + b, c] * Cosine(k, a + b - c)) * 2 / Math.Pow(Prime, 3))];
        for (int pair = 0; pair < logits.Rows; pair++)
        {
            double mean = Enumerable.Range(0, Prime).Average(c => logits[pair, c]);
            for (int c = 0; c < Prime; c++)
            {
                double centred = logits[pair, c] - mean;
                total += centred * centred;
                totalOfSome += some.Contains(pair) ? centred * centred : 0;
                centred -= (alpha[1] * Cosine(2, (pair / Prime) + (pair % Prime) - c)) + (alpha[3] * Cosine(4, (pair / Prime) + (pair % Prime) - c));
                residual += centred * centred;
                residualOfSome += some.Contains(pair) ? centred * centred : 0;
            }
        }

        for (int k = 1; k <= 5; k++)
        {
            spectrum[k].Should().BeApproximately(alpha[k - 1], Rounding);
        }

        spectrum.FractionOfVarianceExplained([2, 4]).Should().BeApproximately(1 - (residual / total), Rounding);
        spectrum.FractionOfVarianceExplained([2, 4], new PairLogits(new ModularTask(Prime), logits), some).Should().BeApproximately(1 - (residualOfSome / totalOfSome), Rounding);

        static double Cosine(int k, int j) => Math.Cos(2 * Math.PI * k * j / Prime);
    }

    [Test]
    public void Equal_logits_have_no_variance_to_explain()
    {
        var logits = new PairLogits(new ModularTask(7), Logits.Of(7, (_, _, _) => 4));

        logits.Alpha.FractionOfVarianceExplained([1, 2]).Should().Be(0);
        logits.Alpha.FractionOfVarianceExplained([1, 2], logits, [0, 1]).Should().Be(0);
    }

    private static double Sum(int prime, Func<int, int, int, double> term) =>
        Enumerable.Range(0, prime).Sum(a => Enumerable.Range(0, prime).Sum(b => Enumerable.Range(0, prime).Sum(c => term(a, b, c))));
}

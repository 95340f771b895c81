using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using GrokVerify.Tests.Fourier;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class RestrictedAndExcludedLossTests
{
    private const int Prime = 23;
    private static readonly ModularTask Task = new(Prime);

    /// <summary>Logits of order 100 after sums of 529 terms carry 529 * 100 * 2^-53 = 6e-12.</summary>
    private const double Rounding = 1e-11;

    [Test]
    public void Ideal_logits_lose_nothing_when_restricted_and_everything_when_excluded()
    {
        var logits = new PairLogits(Task, Logits.Clock(Prime, (2, 10), (5, 10), (9, 10)));

        logits.KeyFrequencies.Frequencies.Should().Equal(2, 5, 9);
        LossAndAccuracy full = CrossEntropy.Of(Task, logits.Values, Prime).OnAll();
        LossAndAccuracy restricted = RestrictedLoss.Of(logits, [2, 5, 9]).OnAll();
        LossAndAccuracy excluded = ExcludedLoss.Of(logits, [2, 5, 9]).OnAll();
        full.Accuracy.Should().Be(1);
        restricted.Accuracy.Should().Be(1);
        (restricted.Loss / full.Loss).Should().BeApproximately(1, Rounding * 10, "a loss changes by about the change of the logits, relatively");
        excluded.Loss.Should().BeApproximately(Math.Log(Prime), Rounding);
    }

    [Test]
    public void Restricted_and_excluded_logits_and_the_mean_add_up_to_the_logits()
    {
        var values = Logits.Random(Prime, Prime + 1, 1);
        var logits = new PairLogits(Task, values);
        Matrix projected = new KeyFrequencyProjector(logits.Basis, [1, 8]).ProjectBySum(logits.Sums);

        Matrix restricted = Logits.Of(Prime, (a, b, c) => projected[(a + b) % Prime, c] + logits.Sums.Mean[c]);
        Matrix excluded = Logits.Of(Prime, (a, b, c) => values[(a * Prime) + b, c] - projected[(a + b) % Prime, c]);

        RestrictedLoss.Of(logits, [1, 8]).OnAll().Loss.Should().BeApproximately(CrossEntropy.Of(Task, restricted, Prime).OnAll().Loss, Rounding);
        ExcludedLoss.Of(logits, [1, 8]).OnAll().Loss.Should().BeApproximately(CrossEntropy.Of(Task, excluded, Prime).OnAll().Loss, Rounding);
        for (int c = 0; c < Prime; c++)
        {
            logits.Sums.Mean[c].Should().BeApproximately(Enumerable.Range(0, Prime * Prime).Average(pair => values[pair, c]), Rounding);
        }
    }

    /// <summary>What depends on a + b alone is gone, but for its mean; what depends on a - b stays, of the same frequencies or not.</summary>
    [Test]
    public void Without_all_frequencies_each_line_of_equal_a_plus_b_has_the_mean_of_all_pairs()
    {
        Matrix values = Logits.Random(Prime, Prime + 1, 1);
        var logits = new PairLogits(Task, values);
        double OfLine(int sum, int c) => Enumerable.Range(0, Prime).Average(a => values[(a * Prime) + ((sum - a + Prime) % Prime), c]);
        double OfAll(int c) => Enumerable.Range(0, Prime * Prime).Average(pair => values[pair, c]);
        Matrix excluded = Logits.Of(Prime, (a, b, c) => values[(a * Prime) + b, c] - OfLine((a + b) % Prime, c) + OfAll(c));

        ExcludedLoss.OfAllFrequencies(logits).OnAll().Loss.Should().BeApproximately(CrossEntropy.Of(Task, excluded, Prime).OnAll().Loss, Rounding);
    }

    [Test]
    public void Wrong_frequencies_leave_ideal_logits_alone_when_excluded_and_nothing_when_restricted()
    {
        var logits = new PairLogits(Task, Logits.Clock(Prime, (2, 10), (5, 10), (9, 10)));
        LossAndAccuracy full = CrossEntropy.Of(Task, logits.Values, Prime).OnAll();

        (ExcludedLoss.Of(logits, [1, 3]).OnAll().Loss / full.Loss).Should().BeApproximately(1, Rounding * 10);
        RestrictedLoss.Of(logits, [1, 3]).OnAll().Loss.Should().BeApproximately(Math.Log(Prime), Rounding);
    }
}

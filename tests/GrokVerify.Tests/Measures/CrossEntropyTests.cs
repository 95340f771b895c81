using GrokVerify.Measures;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using GrokVerify.Tests.Fourier;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class CrossEntropyTests
{
    private const int Prime = 5;
    private static readonly ModularTask Task = new(Prime);

    /// <summary>A few units in the last place of float64 for subtraction, exp, sum and log.</summary>
    private const double Relative = 1e-14;

    [TestCase(3)]
    [TestCase(40)]
    [TestCase(100)]
    [TestCase(700)]
    public void A_fitted_network_keeps_the_full_precision_of_its_loss(double gap)
    {
        Matrix logits = Logits.Of(Prime, (a, b, c) => c == (a + b) % Prime ? gap : 0);

        double loss = CrossEntropy.Of(Task, logits, Prime).OnAll().Loss;

        // log1p(x) = x - x^2/2 + x^3/3 - ...; a gap of 3 is done by the plain logarithm.
        double x = 4 * Math.Exp(-gap);
        double expected = gap < 10 ? Math.Log(1 + x) : x - (x * x / 2);
        (loss / expected).Should().BeApproximately(1, Relative);
    }

    [Test]
    public void A_network_that_is_sure_of_the_wrong_answer_does_not_overflow()
    {
        Matrix logits = Logits.Of(Prime, (a, b, c) => c == (a + b + 1) % Prime ? 5000 : 0);

        CrossEntropy.Of(Task, logits, Prime).OnAll().Loss.Should().BeApproximately(5000, 5000 * Relative);
    }

    [Test]
    public void Equal_logits_cost_the_logarithm_of_the_classes_and_predict_the_lowest_class()
    {
        Matrix logits = Logits.Of(Prime, (_, _, _) => -3, Prime + 1);

        var without = CrossEntropy.Of(Task, logits, Prime).OnAll();
        var with = CrossEntropy.Of(Task, logits, Prime + 1).OnAll();

        without.Loss.Should().BeApproximately(Math.Log(5), Relative * 2);
        with.Loss.Should().BeApproximately(Math.Log(6), Relative * 2);
        without.Accuracy.Should().Be(0.2, "class 0 is right for 5 of 25 pairs");
        CrossEntropy.Prediction([1, 7, 7, 2]).Should().Be(1);
    }

    /// <summary>The largest is sought eight logits at a time, the last ones one at a time.</summary>
    [Test]
    public void The_largest_logit_is_found_wherever_it_stands([Values(1, 7, 8, 16, 59, 113)] int classes)
    {
        for (int right = 0; right < classes; right++)
        {
            double[] logits = [.. Enumerable.Range(0, classes).Select(j => j == right ? -1.5 : -2 - (j % 5))];
            CrossEntropy.Prediction(logits).Should().Be(right);
            logits[^1] = -1.5;
            CrossEntropy.Prediction(logits).Should().Be(right, "of equal logits the lowest class counts");
            Enumerable.Range(0, classes).Where(j => FirstLargest.IsAt(j, logits)).Should().Equal([right], "a single class is asked about in the same order");
        }

        CrossEntropy.Prediction([.. Enumerable.Repeat(double.NaN, classes)]).Should().Be(classes - 1);
        CrossEntropy.Prediction([-0.0, 0.0]).Should().Be(0, "both zeros are equal");
    }

    [Test]
    public void Losses_of_a_half_are_means_over_its_pairs()
    {
        Matrix logits = Logits.Random(Prime, Prime, 4);
        PairLosses losses = CrossEntropy.Of(Task, logits, Prime);

        for (int pair = 0; pair < 25; pair++)
        {
            double[] row = logits.Row(pair).ToArray();
            double expected = Math.Log(row.Sum(Math.Exp)) - row[Task.Labels[pair]];
            losses.Losses[pair].Should().BeApproximately(expected, Relative * 10);
        }

        losses.On([3, 8]).Loss.Should().BeApproximately((losses.Losses[3] + losses.Losses[8]) / 2, Relative);
        losses.OnAll().Loss.Should().BeApproximately(losses.Losses.Average(), Relative * 10);
    }
}

using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using GrokVerify.Tests.ForwardPass;
using GrokVerify.Tests.Fourier;

namespace GrokVerify.Tests.Measures;

/// <summary>Gradient symmetricity s_g and distance irrelevance q (arXiv 2306.17844).</summary>
[Category("Fast")]
public class ClockAndPizzaTests
{
    private const int Prime = 59;
    private const double Step = 1e-5;
    private static readonly ModularTask Task = new(Prime);

    private static double Angle(double j) => 2 * Math.PI * 17 * j / Prime;

    [Test]
    public void The_right_logit_of_a_pizza_depends_on_distance_alone_and_q_is_zero()
    {
        Matrix logits = Logits.Of(Prime, (a, b, c) => Math.Abs(Math.Cos(Angle(a - b) / 2)) * Math.Cos(Angle(a + b - c)));

        // Along a line the right logits differ by rounding alone: 1e-16 each, against a standard deviation of order 0.3.
        DistanceIrrelevance.Of(Task, logits).Should().BeInRange(0, 1e-13);
    }

    [Test]
    public void A_right_logit_that_depends_on_the_sum_alone_has_q_one()
    {
        Matrix logits = Logits.Of(Prime, (a, b, _) => Math.Cos(Angle(a + b)) + Math.Sin(2 * Angle(a + b)));

        // Every line of fixed distance runs through every sum once: equal standard deviations, up to rounding of 59 terms.
        DistanceIrrelevance.Of(Task, logits).Should().BeApproximately(1, 1e-12);
    }

    /// <summary>cos of the sum varies along a line of fixed distance, with variance 1/2; twice the cos of the distance adds 4/2 between the lines: q^2 = 0.5 / 2.5.</summary>
    [Test]
    public void Between_them_q_is_the_share_of_the_deviation_that_is_left_at_a_fixed_distance()
    {
        Matrix logits = Logits.Of(Prime, (a, b, _) => 5 + Math.Cos(Angle(a + b)) + (2 * Math.Cos(Angle(a - b))));

        DistanceIrrelevance.Of(Task, logits).Should().BeApproximately(Math.Sqrt(0.2), 1e-12);
    }

    [Test]
    public void A_network_of_the_sum_of_embeddings_has_symmetric_gradients() =>
        GradientSymmetricity.Of(new NetworkSpectra(PizzaNetwork.Build(), new ModularTask(PizzaNetwork.Prime))).Should().BeApproximately(1, 1e-14);

    /// <summary>
    /// The clock's Q = cos(w(a+b-c)) as a polynomial of the circles has gradients at the angles w(c-b) and w(c-a), cosine cos(w(a-b)).
    /// Over all a and b its mean is exactly 0.
    /// </summary>
    [Test]
    public void The_clock_formula_has_gradients_that_do_not_agree()
    {
        IEnumerable<(double[], double[])> gradients =
            from a in Enumerable.Range(0, Prime)
            from b in Enumerable.Range(0, Prime)
            let c = (7 * a) + b
            select (new[] { Math.Cos(Angle(c - b)), Math.Sin(Angle(c - b)) }, new[] { Math.Cos(Angle(c - a)), Math.Sin(Angle(c - a)) });

        GradientSymmetricity.MeanCosine(gradients).Should().BeApproximately(0, 1e-12);
    }

    [Test]
    public void A_gradient_of_zero_has_no_direction_and_does_not_count() =>
        GradientSymmetricity.MeanCosine([([3, 4], [4, 3]), ([0, 0], [1, 0]), ([1, 0], [0, 0])]).Should().BeApproximately(24 / 25.0, 1e-15);

    /// <summary>
    /// Central differences with step 1e-5 on logits of order 1: rounding 1e-16 / 1e-5 = 1e-11 and curvature of the soft-max 1e-10. No ReLU changes sign
    /// within a step of the chosen pairs, or the difference would show it.
    /// </summary>
    [TestCase(3, 1.0)]
    [TestCase(3, 0.3)]
    [TestCase(3, 0.0)]
    [TestCase(2, 1.0)]
    [TestCase(2, 0.3)]
    [TestCase(2, 0.0)]
    public void Gradients_by_the_embeddings_equal_finite_differences(int tokens, double attentionRate)
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 6, 3, 8);
        var gradients = new EmbeddingGradients(ModelActivations.Compute(weights, AttentionVariantTests.Variant(tokens, attentionRate)));
        var naive = new NaiveForward(weights, tokens, attentionRate);

        foreach ((int pair, int logit) in new[] { (0, 0), (10, 3), (33, 6), (48, 1) })
        {
            (double[] byFirst, double[] bySecond) = gradients.OfLogit(pair, logit);
            for (int i = 0; i < 6; i++)
            {
                double[] delta = new double[6];
                delta[i] = Step;
                double[] minus = [.. delta.Select(x => -x)];
                double first = (naive.Run(pair / 7, pair % 7, delta).Logits[logit] - naive.Run(pair / 7, pair % 7, minus).Logits[logit]) / (2 * Step);
                double second = (naive.Run(pair / 7, pair % 7, null, delta).Logits[logit] - naive.Run(pair / 7, pair % 7, null, minus).Logits[logit]) / (2 * Step);
                byFirst[i].Should().BeApproximately(first, 1e-8);
                bySecond[i].Should().BeApproximately(second, 1e-8);
            }
        }
    }

    /// <summary>
    /// A bias of the query is a row of W_Q that reads a constant 1 of "=". A bias of the values is one of the output, since patterns sum to 1: b_O = b_V W_O, rounded to float32.
    /// The keys' bias changes nothing.
    /// </summary>
    [Test]
    public void Gradients_of_a_network_with_biases_equal_those_of_one_that_has_them_in_other_weights()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 6, 3, 8);
        weights["W_E"][7 * 6] = 1;
        weights["W_pos"][2 * 6] = 0;
        float[] query = new float[6];
        var biased = new TransformerWeights(weights.Config, [.. weights.Values]);
        for (int head = 0; head < 3; head++)
        {
            weights["W_Q"].Slice(head * 12, 2).CopyTo(query.AsSpan(head * 2));
            biased["W_Q"].Slice(head * 12, 2).Clear();
        }

        float[] values = [0.5f, -1, 2, 0.25f, -0.5f, 1];
        float[] output = [.. Enumerable.Range(0, 6).Select(i => (float)Enumerable.Range(0, 6).Sum(j => (double)values[j] * weights["W_O"][(j * 6) + i]))];
        weights = new TransformerWeights(weights.Config, [.. weights.Values]) { OptionalBiases = new OptionalBiases(new float[6], new float[6], new float[6], output, new float[8]) };
        biased = new TransformerWeights(weights.Config, [.. biased.Values]) { OptionalBiases = new OptionalBiases(query, [1, 2, 3, 4, 5, 6], values, new float[6], new float[8]) };
        var expected = new EmbeddingGradients(ModelActivations.Compute(weights));
        var gradients = new EmbeddingGradients(ModelActivations.Compute(biased));

        query.Should().OnlyContain(value => value != 0);
        foreach ((int pair, int logit) in new[] { (0, 0), (10, 3), (33, 6), (48, 1) })
        {
            (double[] byFirst, double[] bySecond) = gradients.OfLogit(pair, logit);
            (double[] expectedByFirst, double[] expectedBySecond) = expected.OfLogit(pair, logit);

            // Gradients depend on b_O through signs alone, so that its rounding is not seen: products of order 1, summed in another order.
            byFirst.Should().Equal(expectedByFirst, (left, right) => Math.Abs(left - right) < 1e-13);
            bySecond.Should().Equal(expectedBySecond, (left, right) => Math.Abs(left - right) < 1e-13);
        }
    }
}

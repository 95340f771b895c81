using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.ForwardPass;

[Category("Fast")]
public class FactoredForwardTests
{
    /// <summary>
    /// Both evaluations are chains of at most about 100 float64 operations on numbers of order 1 to 10: 100 * 2^-53 * 10 = 1e-13;
    /// the bound leaves a factor of 10, relative to the largest element.
    /// </summary>
    private const double Relative = 1e-12;

    public static TransformerWeights RandomWeights(int prime, int dModel, int heads, int dMlp, long seed = 3)
    {
        var config = new TransformerConfig { Prime = prime, DModel = dModel, Heads = heads, DMlp = dMlp };
        TransformerWeights weights = WeightInitializer.Initialize(config, seed);
        var random = new TorchRandom(seed);
        foreach (string name in new[] { "b_in", "b_out" })
        {
            Array.ConvertAll(random.Normal(weights[name].Length), value => (float)value).CopyTo(weights[name]);
        }

        return weights;
    }

    [TestCase(5, 6, 3, 7)]
    [TestCase(7, 8, 2, 5)]
    [TestCase(11, 12, 1, 9)]
    [TestCase(11, 12, 12, 33)]
    [TestCase(5, 1, 1, 1)]
    public void Every_activation_equals_the_unfactored_network(int prime, int dModel, int heads, int dMlp)
    {
        TransformerWeights weights = RandomWeights(prime, dModel, heads, dMlp);
        ModelActivations activations = ModelActivations.Compute(weights);
        var naive = new NaiveForward(weights);

        for (int pair = 0; pair < prime * prime; pair++)
        {
            naive.Run(pair / prime, pair % prime);
            ShouldEqual(activations.AttentionPattern.Row(pair), naive.Pattern);
            ShouldEqual(activations.PostActivations.Row(pair), naive.Post);
            ShouldEqual(activations.Logits.Row(pair), naive.Logits);
        }
    }

    [Test]
    public void The_stages_compose_to_the_logits()
    {
        ModelActivations activations = ModelActivations.Compute(RandomWeights(11, 12, 3, 20));

        ShouldEqual(Logits(activations, activations.Residual).Values, activations.Logits.Values);
    }

    [Test]
    public void A_residual_stream_without_attention_has_the_same_logits_for_every_pair()
    {
        ModelActivations activations = ModelActivations.Compute(RandomWeights(7, 8, 2, 9));
        FactoredResidual residual = activations.Residual with { Pattern = new Matrix(49, 6) };

        Matrix logits = Logits(activations, residual);

        double[] constant = activations.Forward.LogitsOfConstant(residual.Constant);
        for (int pair = 0; pair < 49; pair++)
        {
            ShouldEqual(logits.Row(pair), constant);
        }
    }

    [Test]
    public void The_mean_contribution_of_a_head_is_the_mean_of_z_times_its_output_matrix()
    {
        TransformerWeights weights = RandomWeights(7, 6, 2, 4);
        ModelActivations activations = ModelActivations.Compute(weights);

        double[] mean = activations.Forward.MeanHeadContribution(activations.AttentionPattern, 1);

        var naive = new NaiveForward(weights);
        double[] expected = new double[6];
        for (int pair = 0; pair < 49; pair++)
        {
            naive.Run(pair / 7, pair % 7);
            for (int i = 0; i < 6; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    expected[i] += naive.Z[3 + j] * weights["W_O"][((3 + j) * 6) + i] / 49;
                }
            }
        }

        ShouldEqual(mean, expected);
    }

    [TestCase("W_out", float.NaN)]
    [TestCase("W_E", float.PositiveInfinity)]
    public void A_weight_that_is_not_finite_is_refused_by_name(string tensor, float value)
    {
        TransformerWeights weights = RandomWeights(5, 4, 2, 3);
        weights[tensor][2] = value;

        Action evaluate = () => ModelActivations.Compute(weights);

        evaluate.Should().Throw<ArgumentException>().WithMessage($"weight {tensor}[2] is *");
    }

    private static Matrix Logits(ModelActivations activations, FactoredResidual residual)
    {
        var logits = new Matrix(activations.Logits.Rows, activations.Logits.Columns);
        activations.Forward.Logits(residual)(0, logits.Rows, logits.Values);
        return logits;
    }

    private static void ShouldEqual(ReadOnlySpan<double> actual, double[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], Relative * scale, "element {0}", i);
        }
    }
}

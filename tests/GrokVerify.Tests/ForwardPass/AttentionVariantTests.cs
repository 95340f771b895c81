using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.ForwardPass;

/// <summary>Networks of two tokens, and attention blended with a constant one (arXiv 2306.17844), against scalar loops that share no code with the library.</summary>
[Category("Fast")]
public class AttentionVariantTests
{
    [TestCase(2, 1.0)]
    [TestCase(2, 0.3)]
    [TestCase(2, 0.0)]
    [TestCase(3, 0.3)]
    [TestCase(3, 0.0)]
    public void Every_activation_equals_the_unfactored_network(int tokens, double rate)
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 6, 3, 8);
        ModelActivations activations = ModelActivations.Compute(weights, Variant(tokens, rate));
        var naive = new NaiveForward(weights, tokens, rate);

        for (int pair = 0; pair < 49; pair++)
        {
            naive.Run(pair / 7, pair % 7);

            // As in FactoredForwardTests: chains of about 100 float64 operations on numbers of order 1 to 10, and a factor of 10.
            activations.AttentionPattern.Row(pair).ToArray().Should().Equal(naive.Pattern, (left, right) => Math.Abs(left - right) < 1e-12);
            activations.PostActivations.Row(pair).ToArray().Should().Equal(naive.Post, (left, right) => Math.Abs(left - right) < 1e-12);
            activations.Logits.Row(pair).ToArray().Should().Equal(naive.Logits, (left, right) => Math.Abs(left - right) < 1e-12);
        }
    }

    /// <summary>The biases of queries and keys have a part in the scores of two tokens, where there is a query for each b.</summary>
    [Test]
    public void A_bias_of_the_queries_is_a_row_that_reads_a_constant()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 6, 3, 8);
        for (int token = 0; token < 8; token++)
        {
            weights["W_E"][token * 6] = token < 7 ? 1 : 0;
        }

        weights["W_pos"][0] = weights["W_pos"][6] = 0;
        float[] query = new float[6];
        float[] key = new float[6];
        var biased = new TransformerWeights(weights.Config, [.. weights.Values]);
        for (int head = 0; head < 3; head++)
        {
            weights["W_Q"].Slice(head * 12, 2).CopyTo(query.AsSpan(head * 2));
            weights["W_K"].Slice(head * 12, 2).CopyTo(key.AsSpan(head * 2));
            biased["W_Q"].Slice(head * 12, 2).Clear();
            biased["W_K"].Slice(head * 12, 2).Clear();
        }

        biased = new TransformerWeights(weights.Config, [.. biased.Values]) { OptionalBiases = new OptionalBiases(query, key, new float[6], new float[6], new float[8]) };
        double[] expected = ModelActivations.Compute(weights, Variant(2, 0.5)).AttentionPattern.Values;

        ModelActivations.Compute(biased, Variant(2, 0.5)).AttentionPattern.Values.Should().Equal(expected, (left, right) => Math.Abs(left - right) < 1e-14);
        query.Should().OnlyContain(value => value != 0);
    }

    [TestCase(2, 1.0, "reads two tokens")]
    [TestCase(3, 0.5, "blended with a constant one (rate 0.5)")]
    public void Nothing_is_said_of_attention_as_the_paper_has_it_and_all_of_the_rest(int tokens, double rate, string reason)
    {
        var network = new NetworkSpectra(FactoredForwardTests.RandomWeights(7, 6, 3, 8), new ModularTask(7), Variant(tokens, rate));

        network.AttentionAbsence.Should().Contain(reason);
        network.NeuronAbsence.Should().BeNull();
        FluentActions.Invoking(() => network.Attention).Should().Throw<InvalidOperationException>().WithMessage($"*{reason}*");
        GradientSymmetricity.Of(network).Should().BeInRange(-1, 1);
    }

    internal static AttentionVariant Variant(int tokens, double rate) => new() { IsOfTwoTokens = tokens == 2, Rate = rate };
}

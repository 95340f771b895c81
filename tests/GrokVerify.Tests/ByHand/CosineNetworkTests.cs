using GrokVerify.ByHand;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.ByHand;

/// <summary>A network written down in closed form, run by the forward pass that trained networks are run by.</summary>
[Category("Fast")]
public class CosineNetworkTests
{
    /// <summary>Logits up to 5 of float32 weights: 5 * 2^-24 * a dozen of them.</summary>
    private const double Rounding = 1e-5;

    [TestCase(5)]
    [TestCase(17)]
    [TestCase(19)]
    [TestCase(23)]
    [TestCase(53)]
    [TestCase(59)]
    [TestCase(113)]
    [TestCase(127)]
    public void One_frequency_is_right_on_all_pairs_once_its_neurons_err_by_less_than_half_a_step_of_the_circle(int prime)
    {
        int phases = CosineNetwork.FewestPhases;
        while (ErrorAngle(phases) >= Math.PI / prime)
        {
            phases++;
        }

        WrittenNetwork least = LeastCosineNetwork.With(prime, 1);

        least.Phases.Should().Be(phases, "harmonics 2n - 2 and 2n + 2 of the absolute value are what n neurons err by");
        least.Neurons.Should().Be(phases);
        least.Accuracy.Should().Be(1);
        least.Margin.Should().BePositive();
        least.Weights.Config.DModel.Should().Be(2);
    }

    [TestCase(59, 5, 289, 259)]
    [TestCase(113, 5, 505, 475)]
    public void Five_neurons_and_a_residual_stream_of_two_add_modulo_p(int prime, int neurons, int parameters, int nonzero)
    {
        WrittenNetwork least = LeastCosineNetwork.Of(prime);

        least.Accuracy.Should().Be(1);
        least.Neurons.Should().Be(neurons);
        least.Parameters.Should().Be(parameters, "2(p + 1) to embed and as many to unembed, 6 positions, 16 of attention, 4 a neuron to read and write, a bias each, and 2 biases");
        least.NonzeroParameters.Should().Be(nonzero, "sin 0 twice, the rows of =, positions, queries, keys, biases, half of W_V and sin 0 of a neuron are zero");
        least.FreeNumbers.Should().Be(2, "a frequency and how many neurons it has");
    }

    [TestCase(59)]
    [TestCase(113)]
    public void One_neuron_fewer_is_wrong_on_some_pair(int prime)
    {
        var fewer = WrittenNetwork.Of(prime, [1], 4);

        fewer.Accuracy.Should().BeLessThan(0.99);
        fewer.Margin.Should().BeNegative();
    }

    [Test]
    public void Neurons_that_write_at_phases_that_are_not_twice_their_own_do_not_add()
    {
        TransformerWeights weights = CosineNetwork.Build(31, [1, 5, 12], 5);
        WrittenNetwork.Of([1, 5, 12], 5, weights).Accuracy.Should().Be(1);

        // Each neuron writes what its neighbour should: of 5 phases, one on.
        float[] written = weights["W_out"].ToArray();
        int width = weights.Config.DModel;
        for (int neuron = 0; neuron < weights.Config.DMlp; neuron++)
        {
            int neighbour = (neuron / 5 * 5) + ((neuron + 1) % 5);
            written.AsSpan(neighbour * width, width).CopyTo(weights["W_out"][(neuron * width)..]);
        }

        WrittenNetwork.Of([1, 5, 12], 5, weights).Accuracy.Should().BeLessThan(0.5);
    }

    /// <summary>The formula by itself: the residual stream leaves of each ReLU half an absolute value.</summary>
    [Test]
    public void Its_logits_are_a_quadrature_of_absolute_values()
    {
        const int prime = 13;
        int[] frequencies = [1, 4];
        const int phases = 4;

        Matrix logits = ModelActivations.Compute(CosineNetwork.Build(prime, frequencies, phases)).Logits;

        for (int pair = 0; pair < prime * prime; pair++)
        {
            (int a, int b) = (pair / prime, pair % prime);
            for (int c = 0; c < prime; c++)
            {
                double expected = 0;
                foreach (double w in frequencies.Select(k => 2 * Math.PI * k / prime))
                {
                    for (int m = 0; m < phases; m++)
                    {
                        double phase = Math.PI * m / phases;
                        expected += Math.Abs(Math.Cos((w * a) - phase) + Math.Cos((w * b) - phase)) / 2 * Math.Cos((2 * phase) - (w * c));
                    }
                }

                logits[pair, c].Should().BeApproximately(expected, Rounding, $"of {a} + {b} and {c}");
            }

            logits[pair, prime].Should().Be(0, "= is no answer");
        }
    }

    [Test]
    public void More_frequencies_take_more_neurons_and_lead_by_more()
    {
        WrittenNetwork[] least = [.. Enumerable.Range(1, 3).Select(count => LeastCosineNetwork.With(31, count))];

        least.Should().OnlyContain(network => network.Accuracy == 1);
        least.Select(network => network.Margin).Should().BeInAscendingOrder();
        least.Select(network => network.Neurons).Should().BeInAscendingOrder();
        least.Select(network => network.Weights.Config.DModel).Should().Equal(2, 4, 6);
        least[2].Frequencies.Should().StartWith([1]).And.HaveCount(3).And.BeInAscendingOrder();
        LeastCosineNetwork.With(31, 3).Weights.Sha256().Should().Be(least[2].Weights.Sha256(), "the same sets of frequencies are tried each time");
    }

    [Test]
    public void What_cannot_be_written_down_is_refused()
    {
        FluentActions.Invoking(() => CosineNetwork.Build(31, [16], 5)).Should().Throw<ArgumentException>().WithMessage("*from 1 to 15*");
        FluentActions.Invoking(() => CosineNetwork.Build(31, [1, 1], 5)).Should().Throw<ArgumentException>().WithMessage("*twice*");
        FluentActions.Invoking(() => CosineNetwork.Build(31, [], 5)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => CosineNetwork.Build(31, [1], 2)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => CosineNetwork.Build(30, [1], 5)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => LeastCosineNetwork.With(31, 0)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => LeastCosineNetwork.With(31, 16)).Should().Throw<ArgumentException>();
    }

    private static double ErrorAngle(int phases)
    {
        static double Harmonic(int j) => 3.0 / ((j * j) - 1);
        return Harmonic((2 * phases) - 2) - Harmonic((2 * phases) + 2);
    }
}

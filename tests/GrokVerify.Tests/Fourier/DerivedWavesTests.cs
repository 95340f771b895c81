using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using GrokVerify.Tests.ForwardPass;
using GrokVerify.Tests.Measures;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class DerivedWavesTests
{
    private const int Prime = 11;

    /// <summary>With a bias that keeps every neuron active the ReLU's series is exact, so that what is derived has to be the projection of the activations.</summary>
    [Test]
    public void The_waves_of_neurons_that_are_always_active_are_those_of_their_activations()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(Prime, 12, 3, 20);
        weights["b_in"].Fill(100);
        var network = new NetworkSpectra(weights, new ModularTask(Prime));

        NeuronWave[] neurons = new DerivedWaves(network).Neurons;

        Matrix activations = network.Activations.PostActivations;
        for (int neuron = 0; neuron < neurons.Length; neuron++)
        {
            int k = neurons[neuron].Frequency;
            double Projection(Func<int, double> wave) => 2 * Enumerable.Range(0, Prime * Prime).Average(pair => activations[pair, neuron] * wave((pair / Prime) + (pair % Prime)));
            neurons[neuron].Sum.Cosine.Should().BeApproximately(Projection(sum => network.Basis.Cosine(k, sum)), 1e-11, "neuron {0}", neuron);
            neurons[neuron].Sum.Sine.Should().BeApproximately(Projection(sum => network.Basis.Sine(k, sum)), 1e-11, "neuron {0}", neuron);
            neurons[neuron].Written.Cosine.Should().BeApproximately(
                2.0 / Prime * Enumerable.Range(0, Prime).Sum(c => network.Activations.Forward.NeuronLogitMap[neuron, c] * network.Basis.Cosine(k, c)), 1e-12);
        }
    }

    [Test]
    public void A_network_whose_neurons_write_nothing_has_the_alphas_of_its_direct_path()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(Prime, 12, 3, 20);
        weights["W_out"].Clear();
        var network = new NetworkSpectra(weights, new ModularTask(Prime));

        IReadOnlyList<double> alpha = new DerivedWaves(network).Alpha;

        alpha.Max(Math.Abs).Should().BeGreaterThan(1e-4);
        for (int k = 1; k <= alpha.Count; k++)
        {
            alpha[k - 1].Should().BeApproximately(network.Alpha[k], 1e-12, "alpha of {0}", k);
        }
    }

    /// <summary>The quadrature of the series is off by 1e-3; the rest is aliasing of the 23 tokens.</summary>
    [Test]
    public void A_network_built_of_cosines_has_the_alphas_that_are_measured()
    {
        var network = new NetworkSpectra(PizzaNetwork.Build(), new ModularTask(PizzaNetwork.Prime));

        IReadOnlyList<double> alpha = new DerivedWaves(network).Alpha;

        foreach (int k in PizzaNetwork.Frequencies)
        {
            alpha[k - 1].Should().BeApproximately(network.Alpha[k], 0.01 * network.Alpha[k], "alpha of {0}", k);
        }
    }
}

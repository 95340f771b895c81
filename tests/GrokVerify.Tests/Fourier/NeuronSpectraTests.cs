using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class NeuronSpectraTests
{
    private const int Prime = 13;

    /// <summary>Ratios of sums of 169 terms: 169 * 2^-53 = 2e-14.</summary>
    private const double Rounding = 1e-12;

    [Test]
    public void A_network_without_an_mlp_has_no_neurons()
    {
        var config = new TrainingConfig { Model = new() { Prime = 7, DModel = 8, Heads = 2, AttentionOnly = true } };
        var network = new NetworkSpectra(TrainingState.Initial(config).Weights, config.CreateTask());

        network.Invoking(spectra => spectra.Neurons).Should().Throw<InvalidOperationException>().WithMessage("the network has no MLP");
        network.Invoking(spectra => spectra.NeuronLogitMap).Should().Throw<InvalidOperationException>().WithMessage("the network has no MLP");
    }

    [Test]
    public void Constructed_neurons_have_the_frequency_and_the_fraction_they_were_made_with()
    {
        double Angle(int k, int j) => 2 * Math.PI * k * j / Prime;
        Matrix activations = Logits.Of(
            Prime,
            (a, b, neuron) => neuron switch
            {
                0 => 2 + Math.Cos(Angle(4, a) + 0.3) + (2 * Math.Cos(Angle(4, a + b) - 1)),
                1 => (3 * Math.Cos(Angle(6, a - b))) + Math.Sin(Angle(2, b)),
                2 => 5,
                3 => Math.Cos(Angle(1, a)) * Math.Cos(Angle(3, b)),
                _ => 0,
            },
            classes: 5);

        NeuronSpectra neurons = NeuronSpectra.Of(new FourierBasis(Prime), activations);

        neurons.Frequencies.Take(3).Should().Equal(4, 6, 1);
        neurons.Fractions[0].Should().BeApproximately(1, Rounding);
        neurons.Fractions[1].Should().BeApproximately(0.9, Rounding, "cosine and sine carry power in the ratio of their squared amplitudes");
        neurons.Fractions[2].Should().Be(0, "it is constant");
        neurons.Fractions[3].Should().BeApproximately(0, Rounding, "a product of two frequencies belongs to neither");
        neurons.Fractions[4].Should().Be(0, "it is dead");
        neurons.PureCount.Should().Be(2);
    }

    [Test]
    public void The_last_frequency_counts_too()
    {
        Matrix activations = Logits.Of(Prime, (a, _, _) => Math.Cos(2 * Math.PI * 6 * a / Prime), classes: 1);

        NeuronSpectra.Of(new FourierBasis(Prime), activations).Frequencies.Should().Equal(6);
    }
}

using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class WeightSpectrumTests
{
    private const int Prime = 11;

    /// <summary>float32 weights of order 1 carry 2^-24 = 6e-8 each; norms of a few of them no more than that, relatively.</summary>
    private const double SinglePrecision = 1e-6;

    private static readonly FourierBasis Basis = new(Prime);

    [Test]
    public void The_spectrum_of_an_embedding_is_that_of_the_tokens_without_equals()
    {
        TransformerWeights weights = WeightInitializer.Initialize(new TransformerConfig { Prime = Prime, DModel = 2, Heads = 1, DMlp = 3 }, 0);
        for (int token = 0; token < Prime; token++)
        {
            double angle = 2 * Math.PI * 4 * token / Prime;
            weights["W_E"][token * 2] = (float)(3 * Math.Cos(angle));
            weights["W_E"][(token * 2) + 1] = (float)(4 * Math.Sin(angle));
        }

        WeightSpectrum spectrum = WeightSpectrum.OfEmbedding(Basis, weights);

        // A cosine of amplitude 1 has norm sqrt(p / 2).
        double unit = Math.Sqrt(Prime / 2.0);
        spectrum.ComponentNorms[7].Should().BeApproximately(3 * unit, SinglePrecision * 10);
        spectrum.ComponentNorms[8].Should().BeApproximately(4 * unit, SinglePrecision * 10);
        spectrum.FrequencyNorms[3].Should().BeApproximately(5 * unit, SinglePrecision * 10);
        spectrum.Gini.Should().BeApproximately(4.0 / 5, SinglePrecision);
        spectrum.ResidualFraction([4]).Should().BeLessThan(SinglePrecision);
        spectrum.ResidualFraction([1, 2]).Should().BeApproximately(1, SinglePrecision);
    }

    [Test]
    public void The_spectrum_of_the_neuron_logit_map_runs_along_the_logits()
    {
        var map = new Matrix(3, Prime + 1);
        for (int neuron = 0; neuron < 3; neuron++)
        {
            for (int logit = 0; logit < Prime; logit++)
            {
                map[neuron, logit] = (neuron + 1) * Math.Cos(2 * Math.PI * 2 * logit / Prime);
            }

            map[neuron, Prime] = 99;
        }

        WeightSpectrum spectrum = WeightSpectrum.OfNeuronLogitMap(Basis, map);

        spectrum.FrequencyNorms[1].Should().BeApproximately(Math.Sqrt(14 * Prime / 2.0), 1e-12, "rounding of 11 terms");
        spectrum.ResidualFraction([2]).Should().BeLessThan(1e-14);
    }

    [TestCase(1, 1.0)]
    [TestCase(3, 0.0)]
    public void What_is_left_without_a_frequency_counts_all_others(int removed, double expected)
    {
        var basis = new FourierBasis(7);
        var rows = new Matrix(7, 1, [.. Enumerable.Range(0, 7).Select(token => basis.Cosine(3, token))]);

        WeightSpectrum.Of(basis, rows).ResidualFraction([removed]).Should().BeApproximately(expected, 1e-15, "the wave has the last of three frequencies; rounding of sums of 7");
    }

    [Test]
    public void Zero_weights_have_a_flat_spectrum_and_no_residual()
    {
        WeightSpectrum spectrum = WeightSpectrum.Of(Basis, new Matrix(Prime, 2));

        spectrum.Gini.Should().Be(0);
        spectrum.ResidualFraction([1]).Should().Be(0);
    }
}

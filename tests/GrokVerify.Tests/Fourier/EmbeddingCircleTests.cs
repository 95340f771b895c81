using GrokVerify.Fourier;
using GrokVerify.Model;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class EmbeddingCircleTests
{
    private const int Prime = 11;

    /// <summary>float32 weights of order 1 carry 2^-24 = 6e-8 each.</summary>
    private const double SinglePrecision = 1e-6;

    [Test]
    public void Tokens_that_lie_on_a_circle_are_shown_on_it_at_their_angles()
    {
        TransformerWeights weights = Zeros();
        for (int token = 0; token < Prime; token++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * 3 * token / Prime);
            (weights["W_E"][token * 4], weights["W_E"][(token * 4) + 2]) = ((float)(2 * cosine), (float)(2 * sine));
        }

        var circle = EmbeddingCircle.Of(WeightSpectrum.OfEmbedding(new FourierBasis(Prime), weights), weights, 3);

        for (int token = 0; token < Prime; token++)
        {
            double angle = 2 * Math.PI * 3 * token / Prime;
            circle.Cosine[token].Should().BeApproximately(2 * Math.Cos(angle), SinglePrecision);
            circle.Sine[token].Should().BeApproximately(2 * Math.Sin(angle), SinglePrecision);
        }
    }

    [Test]
    public void A_frequency_without_a_direction_shows_all_tokens_in_the_middle()
    {
        TransformerWeights weights = Zeros();

        var circle = EmbeddingCircle.Of(WeightSpectrum.OfEmbedding(new FourierBasis(Prime), weights), weights, 1);

        circle.Cosine.Concat(circle.Sine).Should().HaveCount(2 * Prime).And.OnlyContain(value => value == 0);
    }

    private static TransformerWeights Zeros()
    {
        var config = new TransformerConfig { Prime = Prime, DModel = 4, Heads = 1, DMlp = 3 };
        return new TransformerWeights(config, new float[new ParameterLayout(config).Count]);
    }
}

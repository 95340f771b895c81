using GrokVerify.Fourier;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class ReluSeriesTests
{
    /// <summary>The midpoint rule on 96 points: about 1/96^2 times pi^2.</summary>
    private const double Quadrature = 2e-3;

    [Test]
    public void Two_equal_waves_have_eight_over_three_pi_squared_of_their_amplitude_in_the_sum()
    {
        (double cosine, double sine) = ReluSeries.SumWave([0, 3, 0, 3, 0, 0, 0, 0, 0]);

        cosine.Should().BeApproximately(8 * 3 / (3 * Math.PI * Math.PI), 3 * Quadrature);
        sine.Should().BeApproximately(0, 1e-12);
    }

    [TestCase(0.3, 1.1, 1, 0)]
    [TestCase(-2.0, 0.4, 0.5, 0)]
    [TestCase(2.9, 2.6, 1, 0.3)]
    [TestCase(1.0, -3.0, 2, -0.4)]
    public void The_phases_add_up(double first, double second, double amplitudeOfSecond, double constant)
    {
        (double cosine, double sine) = ReluSeries.SumWave(
            [constant, amplitudeOfSecond * Math.Cos(second), -amplitudeOfSecond * Math.Sin(second), Math.Cos(first), 0, 0, -Math.Sin(first), 0, 0]);

        Math.IEEERemainder(Math.Atan2(-sine, cosine) - first - second, 2 * Math.PI).Should().BeApproximately(0, 0.01);
    }

    /// <summary>Where the neuron is always active the ReLU is the identity: cos x cos y = (cos(x + y) + cos(x - y)) / 2, sin x cos y = (sin(x + y) + sin(x - y)) / 2.</summary>
    [Test]
    public void Of_a_neuron_that_is_always_active_the_products_alone_are_left()
    {
        (double cosine, double sine) = ReluSeries.SumWave([9, 1, 1, 1, 0.5, 0.2, 1, 0.8, -0.3]);

        cosine.Should().BeApproximately((0.5 + 0.3) / 2, 1e-12);
        sine.Should().BeApproximately((0.8 + 0.2) / 2, 1e-12);
    }

    [Test]
    public void Of_a_neuron_that_is_never_active_nothing_is_left() => ReluSeries.SumWave([-9, 1, 1, 1, 0.5, 0.2, 1, 0.8, -0.3]).Should().Be((0.0, 0.0));
}

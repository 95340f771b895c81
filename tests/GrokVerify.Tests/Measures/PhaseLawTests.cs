using GrokVerify.Fourier;
using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class PhaseLawTests
{
    [Test]
    public void Phases_that_add_up_are_told_from_all_shuffles()
    {
        PhaseLaw law = PhaseLaw.Of(Neurons(16, offset: 0))!;

        law.MeanCosine.Should().BeApproximately(1, 1e-12);
        law.MeanError.Should().BeApproximately(0, 1e-12);
        law.LargestShuffled.Should().BeLessThan(0.95);
        law.ShareOfShuffles.Should().Be(1 / 1001.0);
    }

    [Test]
    public void Phases_that_are_all_off_by_half_a_turn_are_the_worst()
    {
        PhaseLaw law = PhaseLaw.Of(Neurons(16, offset: Math.PI))!;

        law.MeanCosine.Should().BeApproximately(-1, 1e-12);
        law.MeanError.Should().BeApproximately(Math.PI, 1e-6);
        law.ShareOfShuffles.Should().Be(1);
    }

    [Test]
    public void Phases_off_by_a_quarter_of_a_turn_have_no_cosine() => PhaseLaw.Of(Neurons(16, offset: Math.PI / 2))!.MeanCosine.Should().BeApproximately(0, 1e-12);

    /// <summary>One neuron a frequency leaves nothing to exchange: no shuffle is worse.</summary>
    [Test]
    public void Neurons_of_different_frequencies_are_not_exchanged() =>
        PhaseLaw.Of([.. Neurons(8, offset: 0).Select((neuron, i) => neuron with { Frequency = i + 1 })])!.ShareOfShuffles.Should().Be(1);

    [Test]
    public void A_neuron_counts_by_what_it_can_add()
    {
        NeuronWave[] neurons = Neurons(2, offset: 0);
        neurons[1] = neurons[1] with { Sum = (3 * neurons[1].Sum.Cosine, 3 * neurons[1].Sum.Sine), Written = (-neurons[1].Written.Cosine, -neurons[1].Written.Sine) };

        PhaseLaw.Of(neurons)!.MeanCosine.Should().BeApproximately((1 - 3) / 4.0, 1e-12);
    }

    [Test]
    public void Without_a_wave_there_is_no_law() => PhaseLaw.Of([new NeuronWave(1, 0, 0, (0, 0), (0, 0))]).Should().BeNull();

    private static NeuronWave[] Neurons(int count, double offset) => [.. Enumerable.Range(0, count).Select(i =>
    {
        (double first, double second) = (0.7 * i, 1.9 * i * i);
        double sum = first + second;
        return new NeuronWave(3, first, second, (Math.Cos(sum), -Math.Sin(sum)), (Math.Cos(sum + offset), -Math.Sin(sum + offset)));
    })];
}

using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Numerics;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Ablations;

/// <summary>The closed form of a small network that grokked, against its formula written out wave by wave.</summary>
[Category("Fast")]
public class ClosedFormTests
{
    private static readonly TrainingRun Run = SmallRun.Open();
    private static readonly NetworkSpectra Network = SmallRun.LastNetwork(Run);
    private static readonly IReadOnlyList<int> Keys = Network.KeyFrequencies.Frequencies;

    [Test]
    public void Its_loss_is_that_of_the_sum_of_waves()
    {
        LossAndAccuracy closed = ClosedForm.Of(Network, Keys);
        LossAndAccuracy written = CrossEntropy.Of(Network.Task, WaveByWave(), Network.Task.Prime).OnAll();

        // 128 neurons of 9 terms, logits of order 100: 1e3 * 100 * 2^-53 = 1e-11, which a loss takes over as its relative error.
        closed.Loss.Should().BeApproximately(written.Loss, 1e-9 * written.Loss);
        closed.Accuracy.Should().Be(written.Accuracy);
    }

    [Test]
    public void It_has_eleven_numbers_for_each_neuron_of_a_key_frequency()
    {
        int neurons = Network.Neurons.Frequencies.Count(frequency => Keys.Contains(frequency));

        neurons.Should().BeInRange(1, Network.Weights.Config.DMlp);
        ClosedForm.NumberCount(Network.Neurons, Keys).Should().Be(11 * neurons);
    }

    /// <summary>The form has the right frequencies, signs left to chance.</summary>
    [Test]
    public void With_random_numbers_it_does_not_solve_the_task()
    {
        LossAndAccuracy random = ClosedForm.AtRandom(Network, Keys);

        random.Accuracy.Should().BeLessThan(0.2);
        random.Loss.Should().BeGreaterThan(Math.Log(Network.Task.Prime));
        ClosedForm.AtRandom(Network, Keys).Should().Be(random);
        ClosedForm.AtRandom(Network, [Keys[0]]).Should().NotBe(random);
    }

    [Test]
    public void Frequencies_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => ClosedForm.Of(Network, [0])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ClosedForm.AtRandom(Network, [0])).Should().Throw<ArgumentException>();
    }

    private static Matrix WaveByWave()
    {
        int p = Network.Task.Prime;
        Matrix activations = Network.Activations.PostActivations;
        Matrix map = Network.Activations.Forward.NeuronLogitMap;
        var logits = new Matrix(p * p, p);
        for (int neuron = 0; neuron < activations.Columns; neuron++)
        {
            int k = Network.Neurons.Frequencies[neuron];
            if (!Keys.Contains(k))
            {
                continue;
            }

            double[] column = [.. Enumerable.Range(0, p * p).Select(pair => activations[pair, neuron])];
            double mean = column.Average();
            (Func<int, int, int> Argument, double Cosine, double Sine)[] waves =
            [
                .. new Func<int, int, int>[] { (a, _) => a, (_, b) => b, (a, b) => a + b, (a, b) => a - b }.Select(argument => (
                    argument,
                    2.0 / (p * p) * column.Index().Sum(entry => entry.Item * Cosine(k, argument(entry.Index / p, entry.Index % p))),
                    2.0 / (p * p) * column.Index().Sum(entry => entry.Item * Sine(k, argument(entry.Index / p, entry.Index % p))))),
            ];
            double writtenCosine = 2.0 / p * Enumerable.Range(0, p).Sum(c => map[neuron, c] * Cosine(k, c));
            double writtenSine = 2.0 / p * Enumerable.Range(0, p).Sum(c => map[neuron, c] * Sine(k, c));
            for (int pair = 0; pair < p * p; pair++)
            {
                double read = mean + waves.Sum(wave => (wave.Cosine * Cosine(k, wave.Argument(pair / p, pair % p))) + (wave.Sine * Sine(k, wave.Argument(pair / p, pair % p))));
                for (int c = 0; c < p; c++)
                {
                    logits[pair, c] += read * ((writtenCosine * Cosine(k, c)) + (writtenSine * Sine(k, c)));
                }
            }
        }

        return logits;
    }

    private static double Cosine(int k, int x) => Math.Cos(2 * Math.PI * k * x / Network.Task.Prime);

    private static double Sine(int k, int x) => Math.Sin(2 * Math.PI * k * x / Network.Task.Prime);
}

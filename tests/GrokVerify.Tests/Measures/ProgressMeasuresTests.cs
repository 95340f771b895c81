using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class ProgressMeasuresTests
{
    private static readonly ModularTask Task = new(PizzaNetwork.Prime);
    private static readonly PairSplit Split = new(PizzaNetwork.Prime, 0.4, 7);
    private static readonly NetworkSpectra Network = new(PizzaNetwork.Build(), Task);

    [Test]
    public void A_network_built_from_three_frequencies_shows_them_in_every_measure()
    {
        ProgressMeasures measures = ProgressMeasures.Measure(Network, Network.KeyFrequencies, Split);

        Network.KeyFrequencies.Frequencies.Should().Equal(PizzaNetwork.Frequencies);
        measures.All.Accuracy.Should().Be(1);
        measures.RestrictedTest!.Value.Accuracy.Should().Be(1);
        measures.Restricted!.Value.Loss.Should().BeLessThan(measures.All.Loss, "the pizza's factor |cos(w(a-b)/2)| is noise that the restriction averages away");
        measures.ExcludedTrain!.Value.Loss.Should().BeGreaterThan(Math.Log(PizzaNetwork.Prime) / 2);
        measures.ExcludedTrainByFrequency!.Keys.Should().BeEquivalentTo(PizzaNetwork.Frequencies);
        measures.GiniEmbedding.Should().BeApproximately(8.0 / 11, 1e-6, "three equal entries of 11; float32 weights");
        measures.GiniNeuronLogitMap.Should().BeApproximately(8.0 / 11, 1e-6);
        measures.SumSquaredWeights.Should().BeApproximately(measures.SumSquaredWeightsByTensor.Values.Sum(), 1e-9);
        measures.SumSquaredWeightsByTensor["W_O"].Should().Be(9 * 12);
    }

    /// <summary>
    /// Quadrature: sum over M phases of ReLU(2 cos(w d/2) cos(t - phi)) cos(2 phi - g) = 2 |cos(w d/2)| M / (3 pi) cos(2t - g), t = w(a+b)/2.
    /// alpha_k is its mean over d = a - b. The next harmonic that 64 phases mix in is the 62nd, 2 / (pi (62^2 - 1)) against 2 / (3 pi): 8e-4.
    /// </summary>
    [Test]
    public void Alpha_is_what_the_quadrature_of_the_neurons_gives()
    {
        double mean = Enumerable.Range(0, PizzaNetwork.Prime).Average(d => Math.Abs(Math.Cos(Math.PI * d / PizzaNetwork.Prime)));
        double expected = 2 * mean * PizzaNetwork.Phases * PizzaNetwork.Strength / (3 * Math.PI);

        foreach (int k in PizzaNetwork.Frequencies)
        {
            (Network.Alpha[k] / expected).Should().BeApproximately(1, 8e-4);
        }
    }

    [Test]
    public void Without_a_split_the_train_and_test_measures_are_absent_with_a_reason()
    {
        ProgressMeasures measures = ProgressMeasures.Measure(Network, Network.KeyFrequencies, null);

        measures.Train.Should().BeNull();
        measures.ExcludedTrain.Should().BeNull();
        measures.RestrictedTest.Should().BeNull();
        measures.Restricted.Should().NotBeNull();
        measures.SplitAbsence.Should().Be(ProgressMeasures.NoSplit);
    }

    [Test]
    public void Without_a_key_set_its_measures_are_absent_with_a_reason()
    {
        KeyFrequencies none = KeyFrequencies.In([1, 1, 1]);

        ProgressMeasures measures = ProgressMeasures.Measure(Network, none, Split);

        measures.Restricted.Should().BeNull();
        measures.ExcludedTrain.Should().BeNull();
        measures.LogitFve.Should().BeNull();
        measures.Train.Should().NotBeNull();
        measures.KeyFrequenciesAbsence.Should().StartWith("no key frequencies");
    }

    [Test]
    public void Shuffled_labels_make_a_perfect_adder_guess()
    {
        var network = new NetworkSpectra(PizzaNetwork.Build(), new ModularTask(PizzaNetwork.Prime, LabelRule.Shuffled, 1));

        ProgressMeasures measures = ProgressMeasures.Measure(network, network.KeyFrequencies, Split);

        // 529 pairs with chance 1/23: 0.043 +- 0.009.
        measures.All.Accuracy.Should().BeLessThan(0.1);
        measures.Restricted!.Value.Accuracy.Should().BeLessThan(0.1);
    }

    [Test]
    public void A_task_of_another_modulus_is_refused()
    {
        Action make = () => _ = new NetworkSpectra(PizzaNetwork.Build(), new ModularTask(29));

        make.Should().Throw<ArgumentException>().WithMessage("the network is for p = 23, the task for p = 29*");
    }

    [Test]
    public void A_curve_judges_every_checkpoint_by_the_last_ones_key_frequencies()
    {
        TransformerWeights final = PizzaNetwork.Build();
        TransformerWeights initial = WeightInitializer.Initialize(final.Config, 1);

        MeasureCurve curve = MeasureCurve.Measure([0, 500], epoch => epoch == 0 ? initial : final, Task, Split);

        curve.KeyFrequencies.Frequencies.Should().Equal(PizzaNetwork.Frequencies);
        curve.Points.Select(point => point.Epoch).Should().Equal(0, 500);
        curve.Points[0].Measures.ExcludedTrainByFrequency!.Keys.Should().BeEquivalentTo(PizzaNetwork.Frequencies);
        curve.Points[0].Measures.LogitFve.Should().BeLessThan(0.1);
        curve.Points[1].Measures.LogitFve.Should().BeGreaterThan(0.5);
    }

    [Test]
    public void A_curve_tells_every_point_the_last_checkpoint_first()
    {
        TransformerWeights final = PizzaNetwork.Build();
        var told = new List<long>();

        MeasureCurve.Measure([0, 1, 2, 3, 4, 5, 6], _ => final, Task, Split, progress: new Told(point => told.Add(point.Epoch)));

        told.Should().Equal(6, 5, 4, 3, 2, 1, 0);
    }

    [Test]
    public void A_checkpoint_that_cannot_be_read_ends_a_curve_with_its_own_error()
    {
        TransformerWeights final = PizzaNetwork.Build();

        Action measure = () => MeasureCurve.Measure([0, 1, 2], epoch => epoch == 1 ? throw new InvalidDataException("no such checkpoint") : final, Task, Split);

        measure.Should().Throw<InvalidDataException>().WithMessage("no such checkpoint");
    }

    [TestCase(6, new long[] { 6 })]
    [TestCase(3, new long[] { 6, 5, 4, 3 })]
    public void A_cancelled_curve_reads_no_further_checkpoint(long cancelledAt, long[] expected)
    {
        TransformerWeights final = PizzaNetwork.Build();
        using var cancellation = new CancellationTokenSource();
        var read = new List<long>();
        TransformerWeights Load(long epoch)
        {
            read.Add(epoch);
            if (epoch == cancelledAt)
            {
                cancellation.Cancel();
            }

            return final;
        }

        Action measure = () => MeasureCurve.Measure([0, 1, 2, 3, 4, 5, 6], Load, Task, Split, cancellation: cancellation.Token);

        measure.Should().Throw<OperationCanceledException>();
        read.Should().Equal(expected);
        read.Clear();
        measure.Should().Throw<OperationCanceledException>("it was cancelled before it began");
        read.Should().BeEmpty();
    }

    [Test]
    public void A_curve_without_ascending_checkpoints_is_refused()
    {
        foreach (long[] epochs in new long[][] { [], [5, 5], [9, 3] })
        {
            Action measure = () => MeasureCurve.Measure(epochs, _ => PizzaNetwork.Build(), Task, Split);
            measure.Should().Throw<ArgumentException>().WithMessage("a curve needs one checkpoint or more*");
        }
    }

    private sealed class Told(Action<MeasurePoint> tell) : IProgress<MeasurePoint>
    {
        public void Report(MeasurePoint value) => tell(value);
    }
}

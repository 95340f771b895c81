using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Tests.ByHand;

namespace GrokVerify.Tests.Ablations;

/// <summary>Neurons kept without training on: of a network of which three of ten do everything, and of a small one that grokked.</summary>
[Category("Fast")]
public class NeuronsNeededTests
{
    private static readonly NetworkSpectra Written = new(WidenedNetwork.Build(), new ModularTask(WidenedNetwork.Prime));
    private static readonly TrainingRun Run = SmallRun.Open();
    private static readonly NetworkSpectra Grokked = SmallRun.LastNetwork(Run);

    [TestCase(false)]
    [TestCase(true)]
    public void A_network_of_three_live_neurons_needs_these_three(bool othersAtMean)
    {
        var needed = NeuronsNeeded.Of(Written, othersAtMean);

        needed.Absence.Should().BeNull();
        needed.ByContribution.Should().Be(WidenedNetwork.Live);
        needed.ByNorm.Should().Be(WidenedNetwork.Live);
        NeuronRanking.ByContribution(Written).Take(WidenedNetwork.Live).Should().BeEquivalentTo([7, 8, 9]);
        needed.AccuracyByContribution.Should().HaveCount(WidenedNetwork.Neurons + 1).And.EndWith([1]);
        needed.AccuracyByContribution[WidenedNetwork.Live].Should().Be(1);
        needed.AccuracyByContribution[WidenedNetwork.Live - 1].Should().BeLessThan(0.9);
    }

    /// <summary>As many as it takes until the last of the three has come.</summary>
    [Test]
    public void Random_orders_need_neurons_until_the_last_of_the_three_has_come()
    {
        int[] expected = [.. NeuronRanking.AtRandom(WidenedNetwork.Neurons, 20).Select(order => 1 + order.Index().Where(entry => entry.Item >= 7).Max(entry => entry.Index)).Order()];

        var needed = NeuronsNeeded.Of(Written, othersAtMean: false);

        needed.AtRandom.Should().Equal(expected).And.HaveCount(20);
        needed.MedianAtRandom.Should().Be((expected[9] + expected[10]) / 2.0);
    }

    [Test]
    public void Random_orders_have_every_neuron_once_and_are_always_the_same()
    {
        int[][] orders = [.. NeuronRanking.AtRandom(50, 3)];

        orders.Should().AllSatisfy(order => order.Should().BeEquivalentTo(Enumerable.Range(0, 50)));
        orders[0].Should().NotEqual(orders[1]);
        NeuronRanking.AtRandom(50, 3).Should().BeEquivalentTo(orders, options => options.WithStrictOrdering());
    }

    [Test]
    public void Contributions_add_up_to_the_MLPs_lead_of_the_right_logit_over_the_mean_one()
    {
        Matrix logits = Grokked.Activations.MlpLogits;
        int p = Grokked.Task.Prime;
        double lead = Enumerable.Range(0, logits.Rows).Average(pair => logits[pair, Grokked.Task.Labels[pair]] - logits.Row(pair)[..p].ToArray().Average());

        double sum = NeuronRanking.Contributions(Grokked).Sum();

        // b_out adds the same to a class wherever it is the right one, and as much to the mean: nothing.
        sum.Should().BeApproximately(lead, 1e-9 * lead).And.BeGreaterThan(1);
    }

    [TestCase(0)]
    [TestCase(17)]
    [TestCase(60)]
    [TestCase(128)]
    public void Keeping_neurons_is_running_the_network_with_the_others_output_weights_at_zero(int kept)
    {
        int[] order = NeuronRanking.ByContribution(Grokked);
        var weights = new TransformerWeights(Grokked.Weights.Config, [.. Grokked.Weights.Values]);
        foreach (int neuron in order[kept..])
        {
            weights["W_out"].Slice(neuron * weights.Config.DModel, weights.Config.DModel).Clear();
        }

        var alone = new NetworkSpectra(weights, Grokked.Task);

        KeptNeurons.AccuracyByCount(Grokked, order, othersAtMean: false)[kept].Should().Be(CrossEntropy.Of(alone.Task, alone.Activations.Logits, alone.Task.Prime).OnAll().Accuracy);
    }

    [TestCase(0)]
    [TestCase(17)]
    [TestCase(60)]
    public void Neurons_at_their_means_say_the_same_of_every_pair(int kept)
    {
        int[] order = NeuronRanking.ByNorm(Grokked);
        Matrix activations = Grokked.Activations.PostActivations;
        double[] means = [.. Enumerable.Range(0, activations.Columns).Select(neuron => Enumerable.Range(0, activations.Rows).Average(pair => activations[pair, neuron]))];
        var altered = new Matrix(activations.Rows, activations.Columns, [.. activations.Values]);
        foreach (int neuron in order[kept..])
        {
            for (int pair = 0; pair < altered.Rows; pair++)
            {
                altered[pair, neuron] = means[neuron];
            }
        }

        LossAndAccuracy expected = AblatedLoss.OfMlpLogits(Grokked, Grokked.Activations.Forward.MlpLogits((pair, row) => altered.Row(pair).CopyTo(row)));

        KeptNeurons.AccuracyByCount(Grokked, order, othersAtMean: true)[kept].Should().Be(expected.Accuracy);
    }

    [Test]
    public void A_grokked_network_needs_fewer_of_its_strong_neurons_than_of_any_and_more_of_its_weak_ones()
    {
        var needed = NeuronsNeeded.Of(Grokked, othersAtMean: false);
        int[] weakFirst = [.. NeuronRanking.ByContribution(Grokked).Reverse()];
        double[] weak = KeptNeurons.AccuracyByCount(Grokked, weakFirst, othersAtMean: false);

        needed.ByContribution.Should().BeLessThan(needed.AtRandom[0]);
        Array.FindIndex(weak, accuracy => accuracy >= Solution.Accuracy).Should().BeGreaterThan((int)needed.MedianAtRandom);
        needed.AccuracyByContribution[needed.ByContribution].Should().BeGreaterThanOrEqualTo(0.99);
        needed.AccuracyByContribution.Take(needed.ByContribution).Should().OnlyContain(accuracy => accuracy < 0.99);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Nothing_is_said_of_a_network_that_has_not_solved_the_task(bool isTrained)
    {
        TransformerWeights weights = isTrained ? Run.ReadCheckpoint(Run.CheckpointEpochs[0]).Weights : WeightInitializer.Initialize(Run.Config.Model, seed: 1);
        var unsolved = new NetworkSpectra(weights, Run.Config.CreateTask());

        var needed = NeuronsNeeded.Of(unsolved, othersAtMean: false);

        needed.Absence.Should().StartWith("the whole network has accuracy 0.").And.EndWith("a solution is from 0.99 up");
        needed.AtRandom.Should().BeEmpty();
        needed.AccuracyByContribution.Should().BeEmpty();
        RanksNeeded.Of(unsolved).Absence.Should().Be(needed.Absence);
        RanksNeeded.Of(unsolved).Matrices.Should().BeEmpty();
    }

    [Test]
    public void Nothing_is_said_of_the_neurons_of_a_network_without_an_MLP()
    {
        var config = new TransformerConfig { Prime = 5, DModel = 4, Heads = 1, AttentionOnly = true };
        var network = new NetworkSpectra(new TransformerWeights(config, new float[new ParameterLayout(config).Count]), new ModularTask(5));

        NeuronsNeeded.Of(network, othersAtMean: false).Absence.Should().Be("the network has no MLP");
        RanksNeeded.Of(network).Absence.Should().Be("the network has no MLP");
    }
}

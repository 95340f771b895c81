using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class LayerBalanceTests
{
    private static readonly TransformerConfig Config = new() { Prime = 7, DModel = 8, Heads = 2, DMlp = 6 };

    /// <summary>W_O holds W_V transposed, W_K is W_Q, and each neuron writes twice the column that it reads, whose norm grows with its number.</summary>
    [Test]
    public void Matrices_that_mirror_each_other_are_balanced()
    {
        TransformerWeights weights = Mirrored();

        var balance = new LayerBalance(weights);

        balance.NeuronCorrelation.Should().BeApproximately(1, 1e-12);
        balance.ValueOutput.Should().Be(0);
        balance.QueryKey.Should().Be(0);
    }

    /// <summary>W_O twice as large: Gram matrices G and 4 G, 3 / 5 apart. Only in the second head, which is the larger of the two.</summary>
    [Test]
    public void The_least_balanced_head_counts()
    {
        TransformerWeights weights = Mirrored();
        int head = Config.DHead * Config.DModel;
        foreach (string name in (string[])["W_O", "W_K"])
        {
            Span<float> second = weights[name][head..];
            for (int i = 0; i < second.Length; i++)
            {
                second[i] *= 2;
            }
        }

        var balance = new LayerBalance(weights);

        balance.ValueOutput.Should().BeApproximately(0.6, 1e-6);
        balance.QueryKey.Should().BeApproximately(0.6, 1e-6);
    }

    /// <summary>The bias belongs to what a neuron reads: here it makes all squared norms alike, down to the last, which the correlation then rests on.</summary>
    [Test]
    public void A_bias_counts_as_read()
    {
        TransformerWeights weights = Mirrored();
        double[] squares = [.. Enumerable.Range(0, Config.DMlp).Select(neuron => Enumerable.Range(0, Config.DModel).Sum(i => Math.Pow(weights["W_in"][(i * Config.DMlp) + neuron], 2)))];
        for (int neuron = 0; neuron < Config.DMlp; neuron++)
        {
            weights["b_in"][neuron] = (float)Math.Sqrt((2 * squares.Max()) - (2 * squares[neuron]));
        }

        // Read norms are now 2 max - squares: they fall where those written rise.
        new LayerBalance(weights).NeuronCorrelation.Should().BeApproximately(-1, 1e-6);
    }

    [Test]
    public void A_network_is_balanced_by_training_alone()
    {
        TrainingRun run = SmallRun.Open();
        var initial = new LayerBalance(WeightInitializer.Initialize(run.Config.Model, run.Config.Seed));
        var memorized = new LayerBalance(run.ReadCheckpoint(run.CheckpointEpochs[0]).Weights);
        var trained = new LayerBalance(run.ReadCheckpoint(run.CheckpointEpochs[^1]).Weights);

        // 128 neurons: a correlation of independent norms is within 4 / sqrt(128) of 0.
        initial.NeuronCorrelation.Should().BeInRange(-0.36, 0.36);
        initial.ValueOutput.Should().BeGreaterThan(0.2);
        initial.QueryKey.Should().BeGreaterThan(0.2);
        memorized.NeuronCorrelation.Should().BeLessThan(trained.NeuronCorrelation);
        trained.NeuronCorrelation.Should().BeInRange(0.99, 1);
        trained.ValueOutput.Should().BeLessThan(0.05);
        trained.QueryKey.Should().BeLessThan(0.05);
    }

    private static TransformerWeights Mirrored()
    {
        TransformerWeights weights = WeightInitializer.Initialize(Config, seed: 1);
        (int width, int head, int neurons) = (Config.DModel, Config.DHead, Config.DMlp);
        weights["W_Q"].CopyTo(weights["W_K"]);
        for (int h = 0; h < Config.Heads; h++)
        {
            for (int i = 0; i < width * head; i++)
            {
                weights["W_O"][(h * width * head) + (i % head * width) + (i / head)] = weights["W_V"][(h * width * head) + i];
            }
        }

        for (int i = 0; i < width; i++)
        {
            for (int neuron = 0; neuron < neurons; neuron++)
            {
                weights["W_in"][(i * neurons) + neuron] *= 1 + neuron;
                weights["W_out"][(neuron * width) + i] = 2 * weights["W_in"][(i * neurons) + neuron];
            }
        }

        return weights;
    }
}

using GrokVerify.Analysis;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.ForwardPass;
using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Numerics;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Tests.ForwardPass;

namespace GrokVerify.Tests.Networks;

/// <summary>Networks in the layouts of others, written by a real PyTorch together with the logits that it computes with them.</summary>
[Category("Fast")]
public class NetworkFileTests
{
    /// <summary>
    /// Both sides are float64 on the same float32 numbers; sums of at most 8 products of magnitude below 100 differ by their order alone:
    /// 20 operations * 2^-53 * 100 = 2e-13, and PyTorch's logits are rounded to float32 when read: 2^-24 relative.
    /// </summary>
    private const double Relative = 1e-7;

    [TestCase("published.pth", NetworkLayout.Published, 6)]
    [TestCase("transformerlens.pth", NetworkLayout.TransformerLens, 5)]
    [TestCase("demo.pth", NetworkLayout.TransformerLens, 5)]
    public void A_network_of_another_layout_computes_what_pytorch_computes_with_it(string name, NetworkLayout layout, int classes)
    {
        var network = NetworkFile.Read(TorchFiles.Of(name));

        network.Layout.Should().Be(layout);
        network.Classes.Should().Be(classes);
        network.Weights.Config.Should().Be(new TransformerConfig { Prime = 5, DModel = 4, Heads = 2, DMlp = 8 });
        float[] expected = Logits(name);
        Matrix logits = ModelActivations.Compute(network.Weights).Logits;
        double largest = expected.Max(Math.Abs);
        largest.Should().BeGreaterThan(1);
        for (int pair = 0; pair < 25; pair++)
        {
            for (int c = 0; c < classes; c++)
            {
                logits[pair, c].Should().BeApproximately(expected[(pair * classes) + c], Relative * largest, $"of pair {pair}, class {c}");
            }
        }
    }

    /// <summary>A configuration that is an object of a class that is not there, a list of checkpoints, halves as tensors of pairs: all of it is used, and the losses that it records are met.</summary>
    [Test]
    public void What_TransformerLens_own_grokking_demo_saves_is_read_whole()
    {
        NetworkFile network = NetworkFile.Read(TorchFiles.Of("demo.pth"));
        var measured = new MeasuredNetwork(network, network.Splits());

        measured.Warnings.Should().Equal($"{network.Path}: holds objects of transformer_lens.HookedTransformerConfig.HookedTransformerConfig, looked into as data and never made");
        measured.Split!.Train.Length.Should().Be(10);
        measured.Split.Seed.Should().BeNull("the halves are known pair by pair");
        network.Facts.Seed.Should().BeNull("999 is the seed of the weights");
        var analysis = ModelAnalysis.Analyze(measured.Network, measured.Split);

        // Recorded in float64 by PyTorch of the same float32 weights: sums of 5 to 15 terms in another order.
        analysis.LossTrain.Should().BeApproximately(network.Facts.TrainLoss!.Value, 1e-12 * network.Facts.TrainLoss.Value);
        analysis.LossTest.Should().BeApproximately(network.Facts.TestLoss!.Value, 1e-12 * network.Facts.TestLoss.Value);
    }

    [Test]
    public void What_the_file_says_of_the_training_is_read()
    {
        NetworkFacts facts = NetworkFile.Read(TorchFiles.Of("published.pth")).Facts;

        facts.Should().Be(new NetworkFacts
        {
            Epoch = 3,
            TrainFraction = 0.4,
            Seed = 7,
            LearningRate = 1e-3,
            WeightDecay = 0.5,
            Beta1 = 0.9,
            Beta2 = 0.98,
            Epsilon = 1e-8,
            TrainLoss = 1.25,
            TestLoss = 1.75,
        });
        NetworkFile.Read(TorchFiles.Of("transformerlens.pth")).Facts.Should().Be(new NetworkFacts());
    }

    [Test]
    public void Moments_of_the_optimiser_are_brought_into_our_layout_with_the_weights()
    {
        var network = NetworkFile.Read(TorchFiles.Of("published.pth"));
        using var file = PyTorchFile.Open(TorchFiles.Of("published.pth"));
        var state = (PickleDictionary)((PickleDictionary)((PickleDictionary)file.Content!)["optimizer"]!)["state"]!;
        float[] Moment(long parameter, string key) => file.ReadSingles((TorchTensor)((PickleDictionary)state[parameter]!)[key]!);
        ParameterLayout layout = network.Weights.Layout;

        // Parameter 0 is W_E as [d_model, d_vocab]; parameter 3 is W_Q as [heads, d_head, d_model]; 5 is W_O as [d_model, heads * d_head]; 7 is b_in.
        ReadOnlySpan<float> first = network.Moments!.First;
        ReadOnlySpan<float> second = network.Moments.Second;
        first[layout["W_E"].Offset + (5 * 4) + 3].Should().Be(Moment(0, "exp_avg")[(3 * 6) + 5]);
        second[layout["W_Q"].Offset + (((1 * 4) + 3) * 2) + 0].Should().Be(Moment(3, "exp_avg_sq")[(((1 * 2) + 0) * 4) + 3]);
        first[layout["W_O"].Offset + (((1 * 2) + 0) * 4) + 3].Should().Be(Moment(5, "exp_avg")[(3 * 4) + (1 * 2) + 0]);
        second[layout["b_in"].Offset + 6].Should().Be(Moment(7, "exp_avg_sq")[6]);
        first.ToArray().Should().OnlyContain(value => value != 0);
        network.MomentsAbsence.Should().BeNull();
        NetworkFile.Read(TorchFiles.Of("transformerlens.pth")).MomentsAbsence.Should().Be("the file holds no optimiser state");
    }

    [Test]
    public void Biases_beyond_the_papers_are_kept_and_counted()
    {
        TransformerWeights weights = NetworkFile.Read(TorchFiles.Of("transformerlens.pth")).Weights;

        OptionalBiases biases = weights.OptionalBiases!;
        biases.All.Select(bias => bias.Values.Length).Should().Equal(4, 4, 4, 4, 6);
        biases.Unembedding[5].Should().Be(0, "there is no class \"=\"");
        double all = weights.Values.Concat(biases.All.SelectMany(bias => bias.Values)).Sum(value => (double)value * value);
        weights.SumOfSquares().Should().BeApproximately(all, 1e-12 * all);
    }

    [Test]
    public void The_loss_of_a_network_without_the_class_equals_runs_over_the_others()
    {
        var network = NetworkFile.Read(TorchFiles.Of("transformerlens.pth"));
        float[] logits = Logits("transformerlens.pth");
        double loss = 0;
        for (int pair = 0; pair < 25; pair++)
        {
            float[] row = logits[(pair * 5)..((pair * 5) + 5)];
            loss += Math.Log(row.Sum(value => Math.Exp(value))) - row[((pair / 5) + (pair % 5)) % 5];
        }

        var analysis = GrokVerify.Analysis.ModelAnalysis.Analyze(network.Weights, network.Task, null);

        analysis.LossAll.Should().BeApproximately(loss / 25, 1e-6 * loss / 25);
    }

    [Test]
    public void A_checkpoint_of_ours_is_read_with_its_configuration_epoch_and_split()
    {
        string path = Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", "mainline-grokked.safetensors");
        long epoch = Checkpoint.Read(path).State.Epoch;

        var network = NetworkFile.Read(path);

        network.Layout.Should().Be(NetworkLayout.Native);
        network.Facts.Should().BeEquivalentTo(new { Epoch = epoch, TrainFraction = 0.3, Seed = 0L, WeightDecay = 1.0, Config = new TrainingConfig() });
        network.Split!.Train.ToArray().Should().Equal(new PairSplit(113, 0.3, 0).Train.ToArray());
        network.Moments.Should().BeNull();
    }

    /// <summary>p + 1 = d_model = d_mlp: every matrix is square, so that only the names and the ranks tell the layouts apart.</summary>
    [TestCase(NetworkLayout.Native)]
    [TestCase(NetworkLayout.Published)]
    [TestCase(NetworkLayout.TransformerLens)]
    public void Square_matrices_do_not_confuse_the_layouts(NetworkLayout layout)
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 8, 4, 8);
        string path = Path.Combine(Directory.CreateTempSubdirectory("grokverify-").FullName, "square.safetensors");
        SafetensorsWriter.Write(path, LayoutTensors.Of(weights, layout), []);

        var read = NetworkFile.Read(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        read.Layout.Should().Be(layout);
        read.Weights.Values.Should().Equal(weights.Values);
    }

    private static float[] Logits(string name)
    {
        using var file = PyTorchFile.Open(TorchFiles.Of(name));
        return file.ReadSingles((TorchTensor)((PickleDictionary)file.Content!)["logits"]!);
    }
}

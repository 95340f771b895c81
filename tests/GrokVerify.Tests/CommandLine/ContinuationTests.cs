using System.Text.Json.Nodes;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

/// <summary>import and train --from, of networks that differ from those that begin here: p classes, another optimiser, other settings.</summary>
[Category("Fast")]
public class ContinuationTests : CommandLineTests
{
    private static readonly string[] Grid = ["--log-every", "10", "--checkpoint-every", "50"];
    private static readonly string[] AnotherAdamW = ["--lr", "0.002", "--beta1", "0.8", "--beta2", "0.99", "--eps", "1e-9", "--warm-up", "60"];

    private string Network => In("network.pth");

    [Test]
    public void A_network_of_p_classes_is_trained_on_and_measured_among_them()
    {
        string file = WriteOfPClasses();
        Run(["import", file, .. Grid]).ExitCode.Should().Be(0);
        TrainingRun imported = Only(Store);
        imported.Config.EqualsIsNoClass.Should().BeTrue();
        File.ReadAllText(Path.Combine(imported.Folder, "run.json")).Should().Contain("\"equals_is_no_class\": true");

        Run(["train", "--from", file, "--epochs", "100", .. Grid]).ExitCode.Should().Be(0);

        TrainingRun run = Only(Store);
        run.Folder.Should().Be(imported.Folder);
        ReadOnlySpan<float> unembedding = run.ReadCheckpoint(100).Weights["W_U"];
        for (int row = 0; row < 16; row++)
        {
            unembedding[(8 * row) + 7].Should().Be(0, "\"=\" is no class");
            unembedding[(8 * row) + 6].Should().NotBe(0);
        }

        MetricsRow last = run.Rows[^1];
        last.TrainLoss.Should().BeLessThan(0.8 * run.Rows[0].TrainLoss);
        JsonNode analysis = JsonNode.Parse(Run("analyze", run.Folder, "--json").Output)!;
        analysis["loss_train"]!.GetValue<double>().Should().BeApproximately(last.TrainLoss, 1e-5 * last.TrainLoss, "the loss of both is over p classes");
        analysis["loss_test"]!.GetValue<double>().Should().BeApproximately(last.TestLoss, 1e-5 * last.TestLoss);
        Run("check", run.Folder).ExitCode.Should().Be(0);
        Run("report", run.Folder, "--out", In("report.html")).ExitCode.Should().Be(0);
    }

    /// <summary>
    /// Names of PyTorch's modules, p classes, moments after ten steps: thirty steps here and thirty of PyTorch's differ by the order of float32 sums alone, 6e-8 of a weight in each step, 2e-6 of it in all
    /// (5e-8 measured of the loss). Without the moments the losses are others.
    /// </summary>
    [Test]
    public void A_network_of_others_is_trained_on_as_PyTorch_itself_goes_on()
    {
        string file = TorchFiles.Of("continued.pth");
        float[] expected;
        using (var written = PyTorchFile.Open(file))
        {
            expected = [.. written.ReadNumbers(((PickleDictionary)written.Content!)["later_losses"], 6)!.Select(loss => (float)loss)];
        }

        string[] training = ["train", "--from", file, "--epochs", "40", "--warm-up", "0", "--log-every", "10", "--checkpoint-every", "10"];
        Run(training).ExitCode.Should().Be(0);
        float[] Losses(TrainingRun run) => [.. run.Rows.Skip(1).SelectMany(row => new[] { (float)row.TrainLoss, (float)row.TestLoss })];
        TrainingRun kept = Only(Store);
        Losses(kept).Should().Equal(expected, (left, right) => Math.Abs(left - right) < 2e-6 * right);

        Directory.Delete(kept.Folder, recursive: true);
        Run([.. training, "--optimizer-state", "new"]).ExitCode.Should().Be(0);
        Losses(Only(Store)).Zip(expected).Should().OnlyContain(loss => Math.Abs(loss.First - loss.Second) > 1e-4 * loss.Second);
    }

    [TestCase("published", ".pth")]
    [TestCase("native", ".pth")]
    [TestCase("native", ".safetensors")]
    public void A_run_of_p_classes_moves_by_way_of_a_file_to_the_same_bits(string layout, string ending)
    {
        string file = WriteOfPClasses();
        Run(["train", "--from", file, "--epochs", "50", .. Grid]).ExitCode.Should().Be(0);
        string moved = In("moved" + ending);
        Run("export", Only(Store).Folder, moved, "--layout", layout).ExitCode.Should().Be(0);
        Run(["train", "--from", file, "--epochs", "100", .. Grid]).ExitCode.Should().Be(0);

        NetworkFile.Read(moved).Should().BeEquivalentTo(new { Classes = 7, Facts = new { Only(Store).Config } });
        Run(["train", "--from", moved, "--epochs", "100", "--out", In("elsewhere"), .. Grid]).Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });

        Only(In("elsewhere")).ReadCheckpoint(100).Weights.Sha256().Should().Be(Only(Store).ReadCheckpoint(100).Weights.Sha256());
    }

    [Test]
    public void Torch_trains_on_among_p_classes_too()
    {
        Run(["train", "--from", WriteOfPClasses(), "--epochs", "50", "--engine", "torch", .. Grid]).ExitCode.Should().Be(0);

        Only(Store).ReadCheckpoint(50).Weights["W_U"][7].Should().Be(0);
    }

    [TestCase("amsgrad", true, "is AMSGrad")]
    [TestCase("maximize", true, "maximises")]
    [TestCase("decoupled_weight_decay", false, "is Adam with its weight decay in the gradient")]
    public void Another_optimiser_is_gone_on_with_only_with_new_moments(string setting, bool value, string what)
    {
        OptimizerFiles.Write(Network, [(OptimizerFiles.Names, OptimizerFiles.Settings((setting, value)))]);
        foreach (string[] command in new string[][] { ["import", Network], ["train", "--from", Network, "--epochs", "60"] })
        {
            CommandLineResult refused = Run(command);
            refused.ExitCode.Should().Be(2);
            refused.Error.Should().Be($"{Network}: cannot be trained on: the optimiser {what}, training here is AdamW; give --optimizer-state new for moments of zero{Environment.NewLine}");
        }

        CommandLineResult import = Run("import", Network, "--optimizer-state", "new");

        import.ExitCode.Should().Be(0);
        import.Error.Should().Contain($"warning: {Network}: the optimiser {what}, training here is AdamW; AdamW starts with moments of zero");
        Only(Store).ReadCheckpoint(40).FirstMoment.Should().OnlyContain(moment => moment == 0);
    }

    [Test]
    public void Moments_that_are_there_are_kept_unless_the_options_say_otherwise()
    {
        OptimizerFiles.Write(Network, [(OptimizerFiles.Names, OptimizerFiles.Settings())]);

        Run("import", Network, "--optimizer-state", "keep", "--out", In("kept")).Error.Should().NotContain("moments");
        Run("import", Network, "--optimizer-state", "new").Error.Should().Contain("the optimiser's moments are left aside, as you say; AdamW starts with moments of zero");
        Run("train", "--from", Network, "--optimizer-state", "new", "--epochs", "50").ExitCode.Should().Be(0);

        Only(In("kept")).ReadCheckpoint(40).SecondMoment.Should().OnlyContain(moment => moment > 0);
        TrainingRun run = Only(Store);
        run.ReadCheckpoint(40).SecondMoment.Should().OnlyContain(moment => moment == 0);
        run.Sessions.Should().HaveCount(2, "train went on with what import began");
    }

    [Test]
    public void Moments_that_are_missing_in_part_are_named_and_moments_that_are_no_numbers_can_be_left_aside()
    {
        OptimizerFiles.Write(Network, [(OptimizerFiles.Names, OptimizerFiles.Settings())], name => name == "embed.W_E" ? [] : ["exp_avg", "exp_avg_sq"]);
        Run("import", Network).Error.Should().Contain("the optimiser has no exp_avg and no exp_avg_sq of embed.W_E; their moments start at zero");

        var network = NetworkFile.Read(Network);
        network.Moments!.Second[^1] = -1;
        NetworkExport.Write(network, NetworkLayout.Published, In("negative.pth"));
        Run("import", In("negative.pth"), "--out", In("new")).Error.Should().Contain("squares below zero; give --optimizer-state new for moments of zero");
        Run("import", In("negative.pth"), "--optimizer-state", "new", "--out", In("new")).ExitCode.Should().Be(0);
    }

    [Test]
    public void Settings_of_AdamW_are_taken_over_by_import_as_by_train()
    {
        OptimizerFiles.Write(Network, [(OptimizerFiles.Names, OptimizerFiles.Settings())]);

        Run(["import", Network, .. AnotherAdamW]).ExitCode.Should().Be(0);
        Run(["train", "--from", Network, "--epochs", "50", .. AnotherAdamW]).ExitCode.Should().Be(0);

        TrainingRun run = Only(Store);
        run.Config.Should().BeEquivalentTo(new { LearningRate = 0.002, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-9, WarmUpSteps = 60, WeightDecay = 0.5 });
        run.Sessions.Should().HaveCount(2, "train went on with what import began");
        Run("import", Network, "--lr", "2").Error.TrimEnd().Should().EndWith("learning rate = 2 is out of range: give a number in (0, 1]");
    }

    private static TrainingRun Only(string store) => new RunStore(store).List().Single();

    /// <summary>A network like those that begin here, whose unembedding has no column for "=".</summary>
    private string WriteOfPClasses()
    {
        TransformerWeights weights = WeightInitializer.Initialize(new TransformerConfig { Prime = 7, DModel = 16, Heads = 2, DMlp = 32 }, 3);
        IEnumerable<NamedTensor> tensors = LayoutTensors.Of(weights, NetworkLayout.Published).Select(tensor => tensor.Name == "unembed.W_U"
            ? new NamedTensor(tensor.Name, [16, 7], tensor.Values.ToArray().Where((_, place) => place % 8 != 7).ToArray())
            : tensor);
        string file = In("classes.safetensors");
        SafetensorsWriter.Write(file, [.. tensors], [new("seed", "2"), new("frac_train", "0.6"), new("split", "python"), new("weight_decay", "1"), new("steps", "0")]);
        return file;
    }
}

using System.Text.Json.Nodes;
using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class ImportAndExportTests : CommandLineTests
{
    [TestCase("native", ".pth")]
    [TestCase("native", ".safetensors")]
    [TestCase("published", ".pth")]
    [TestCase("published", ".safetensors")]
    [TestCase("transformerlens", ".pth")]
    [TestCase("transformerlens", ".safetensors")]
    public void An_exported_run_has_the_same_analysis(string layout, string ending)
    {
        TrainingRun run = Train(50);
        string file = In("network" + ending);

        CommandLineResult export = Run("export", run.Folder, file, "--layout", layout);

        export.ExitCode.Should().Be(0);
        export.Output.TrimEnd().Should().Be($"exported: {file}");
        export.Error.Contains("no place for the optimiser state", StringComparison.Ordinal).Should().Be(layout != "native" && ending == ".safetensors");
        Run("analyze", file, "--json").Output.Should().Be(Run("analyze", run.Folder, "--json").Output);
    }

    [Test]
    public void Training_that_moves_to_another_store_by_way_of_a_file_ends_in_the_same_bits()
    {
        TrainingRun first = Train(50);
        string file = In("moved.pth");
        Run("export", first.Folder, file, "--layout", "published").ExitCode.Should().Be(0);
        TrainingRun whole = Train(100);

        CommandLineResult moved = Run("train", "--from", file, "--epochs", "100", "--log-every", "10", "--checkpoint-every", "50", "--out", In("elsewhere"));

        moved.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        TrainingRun run = new RunStore(In("elsewhere")).List().Single();
        run.Config.Should().Be(whole.Config);
        run.ReadCheckpoint(100).Weights.Sha256().Should().Be(whole.ReadCheckpoint(100).Weights.Sha256());
        run.Rows.Should().Equal(whole.Rows.Where(row => row.Epoch >= 50));
    }

    [Test]
    public void An_imported_network_is_a_run_that_train_goes_on_with()
    {
        string file = TorchFiles.Of("published.pth");

        CommandLineResult import = Run("import", file);

        import.ExitCode.Should().Be(0);
        import.Output.Should().Contain("imported: epoch 3, ");
        TrainingRun run = new RunStore(Store).List().Single();
        run.Config.Should().BeEquivalentTo(new { TrainFraction = 0.4, Seed = 7L, WeightDecay = 0.5, LearningRate = 1e-3, Beta2 = 0.98 });
        TrainingState state = run.ReadCheckpoint(3);
        state.Weights.Values.Should().Equal(NetworkFile.Read(file).Weights.Values);
        state.FirstMoment.Should().Equal(NetworkFile.Read(file).Moments!.First);
        JsonNode.Parse(Run("analyze", run.Folder, "--json").Output)!["epoch"]!.GetValue<long>().Should().Be(3);

        Run("train", "--from", file, "--epochs", "60").ExitCode.Should().Be(0);

        TrainingRun trained = new RunStore(Store).List().Single();
        trained.Folder.Should().Be(run.Folder);
        trained.Rows.Select(row => row.Epoch).Should().Equal(3, 50, 60);
        trained.Sessions.Select(session => session.FromEpoch).Should().Equal(3, 3);
    }

    [Test]
    public void What_a_file_does_not_tell_comes_from_the_options_with_a_warning_of_what_is_missing()
    {
        string file = In("bare.safetensors");
        var network = NetworkFile.Read(TorchFiles.Of("published.pth"));
        NetworkExport.Write(network with { Facts = new NetworkFacts(), Moments = null }, NetworkLayout.Published, file);

        Refused("import", file).Should().Contain($"{file}: does not tell all of the split and the weight decay; give --fraction, --seed and --weight-decay");
        CommandLineResult import = Run("import", file, "--fraction", "0.5", "--seed", "2", "--weight-decay", "0.25");

        import.ExitCode.Should().Be(0);
        import.Error.Should().Contain("the file holds the weights alone; AdamW starts with moments of zero").And.Contain("does not tell its epoch; epochs are counted from 0");
        TrainingRun run = new RunStore(Store).List().Single();
        run.Config.Should().BeEquivalentTo(new { TrainFraction = 0.5, Seed = 2L, WeightDecay = 0.25 });
        run.ReadCheckpoint(0).SecondMoment.Should().OnlyContain(value => value == 0);
    }

    [Test]
    public void What_cannot_be_trained_on_is_refused()
    {
        string published = TorchFiles.Of("published.pth");

        Refused("import", TorchFiles.Of("transformerlens.pth")).Should().Contain("cannot be trained on: it has biases in attention or unembedding");
        Refused("train", "--from", published, "--p", "5", "--epochs", "9").Should().Contain("--p: the network in ").And.Contain(" has its own; leave it out");
        Refused("train", "--from", published, "--epochs", "2").Should().Contain("--epochs 2: the network has 3 epochs already; give a larger number");
        Refused("train", "--from", In("absent.pth"), "--epochs", "2").Should().Contain("absent.pth: does not exist");
        Directory.Exists(Store).Should().BeFalse("nothing was begun");
    }

    [Test]
    public void A_network_that_is_not_finite_begins_no_run()
    {
        var network = NetworkFile.Read(TorchFiles.Of("published.pth"));
        float[] weights = [.. network.Weights.Values];
        weights[3] = float.NaN;
        float[] squares = [.. network.Moments!.Second];
        squares[3] = -1;
        NetworkExport.Write(network with { Weights = new TransformerWeights(network.Weights.Config, weights) }, NetworkLayout.Published, In("nan.pth"));
        NetworkExport.Write(network with { Moments = network.Moments with { Second = squares } }, NetworkLayout.Published, In("negative.pth"));

        Refused("import", In("nan.pth")).Should().Contain("cannot be trained on: it has weights that are not finite numbers");
        Refused("train", "--from", In("negative.pth"), "--epochs", "9").Should().Contain("its optimiser has moments that are not finite numbers, or squares below zero");
        Directory.Exists(Store).Should().BeFalse("nothing was begun");
    }

    [Test]
    public void An_export_never_replaces_a_file_and_needs_a_name_that_says_its_format()
    {
        string folder = Train(0).Folder;
        File.WriteAllText(In("taken.pth"), "precious");

        Refused("export", folder, In("taken.pth")).Should().Contain($"{In("taken.pth")}: is there already; give another name, or delete it");
        Refused("export", folder, "").Should().Contain("FILE is empty; give a name that ends in .pth or .safetensors");
        Refused("export", folder, In("a.pth"), "--seed", "99", "--fraction", "0.9").Should().Contain("its own configuration goes with it, and tells other halves; leave out --fraction, --seed and --split");
        Refused("export", folder, In("network.txt")).Should().Contain("has to end in .pth or .safetensors");
        Refused("export", folder, In("no/such/folder.pth")).Should().Contain("does not exist; make it, or give another name");
        Refused("export", folder, In("a.pth"), "--layout", "onnx").Should().Contain("--layout onnx: unknown; give native or published or transformerlens");
        Refused("export", TorchFiles.Of("transformerlens.pth"), In("a.pth")).Should().Contain("biases that only TransformerLens' layout has a place for; give --layout transformerlens");
        File.ReadAllText(In("taken.pth")).Should().Be("precious");
        File.Exists(In("a.pth")).Should().BeFalse();
    }

    private string Refused(params string[] arguments)
    {
        CommandLineResult result = Run(arguments);
        result.ExitCode.Should().Be(2, result.Error);
        result.Output.Should().BeEmpty();
        string error = string.Join('\n', result.Error.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)));
        error.Should().NotContain("\n").And.NotContain("Parameter");
        return error;
    }
}

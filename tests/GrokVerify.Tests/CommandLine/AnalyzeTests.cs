using System.Text.Json.Nodes;
using GrokVerify.Ablations;
using GrokVerify.Analysis;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class AnalyzeTests : CommandLineTests
{
    private static readonly string[] Members =
    [
        "p", "train_fraction", "seed", "split", "epoch", "grokked", "accuracy", "loss_all", "loss_train", "loss_test", "key_frequencies", "alpha", "spectral_contrast", "logit_fve",
        "restricted_loss", "restricted_accuracy", "excluded_loss_train", "excluded_loss_all_frequencies_train", "excluded_loss_by_frequency", "gini_embedding",
        "gini_neuron_logit_map", "neurons_above_085", "neuron_count", "sum_squared_weights", "distance_irrelevance", "gradient_symmetricity", "algorithm", "ablations", "warnings", "reasons",
    ];

    [Test]
    public void Of_a_run_is_the_analysis_of_its_newest_checkpoint_with_all_digits()
    {
        TrainingRun run = Train(100);

        JsonObject json = Json("analyze", run.Folder, "--json");

        var expected = ModelAnalysis.Analyze(run.ReadCheckpoint(100).Weights, run.Config.CreateTask(), run.Config.CreateSplit(), 100);
        json.Select(member => member.Key).Should().Equal(Members);
        json["epoch"]!.GetValue<long>().Should().Be(100);
        json["seed"]!.GetValue<long>().Should().Be(0);
        json["loss_all"]!.GetValue<double>().Should().Be(expected.LossAll);
        json["loss_test"]!.GetValue<double>().Should().Be(expected.LossTest);
        json["ablations"]!["head_1_mean"]!["loss"]!.GetValue<double>().Should().Be(expected.Ablations[Ablation.HeadMean(1)].Loss);
    }

    [Test]
    public void Of_an_older_checkpoint_is_of_that_one()
    {
        TrainingRun run = Train(100);

        Json("analyze", run.Folder, "--epoch", "50", "--json")["sum_squared_weights"]!.GetValue<double>()
            .Should().Be(run.ReadCheckpoint(50).Weights.SumOfSquares());
    }

    [Test]
    public void Of_a_store_with_one_run_is_of_that_run()
    {
        Train(50);

        Json("analyze", Store, "--json")["epoch"]!.GetValue<long>().Should().Be(50);
    }

    [Test]
    public void Of_a_damaged_newest_checkpoint_is_of_the_one_before_with_a_warning()
    {
        TrainingRun run = Train(100);
        string newest = Path.Combine(run.Folder, "checkpoints", "epoch-00000100.safetensors");
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..^1]);

        CommandLineResult result = Run("analyze", run.Folder, "--json");

        result.ExitCode.Should().Be(0);
        result.Error.Should().StartWith($"warning: {newest}: ");
        JsonNode.Parse(result.Output)!["epoch"]!.GetValue<long>().Should().Be(50);
    }

    [Test]
    public void Of_a_run_whose_last_checkpoint_is_missing_is_of_the_one_before_with_a_warning()
    {
        TrainingRun run = Train(100);
        string newest = Path.Combine(run.Folder, "checkpoints", "epoch-00000100.safetensors");
        File.Delete(newest);

        CommandLineResult result = Run("analyze", run.Folder, "--json");

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = $"warning: {newest}: is missing; restore it from a copy, or train the run again{Environment.NewLine}" });
        JsonNode.Parse(result.Output)!["epoch"]!.GetValue<long>().Should().Be(50);
        Directory.CreateDirectory(newest);
        Run("analyze", run.Folder).Error.Should().Be($"warning: {newest}: is a folder in the place of a checkpoint; move it away, then train the run again{Environment.NewLine}");
    }

    /// <summary>Where the rows have no hash, as in runs of old, the network itself speaks against them.</summary>
    [Test]
    public void Of_a_run_whose_rows_tell_another_loss_warns()
    {
        TrainingRun run = Train(100);
        string manifest = Path.Combine(run.Folder, "run.json");
        JsonObject json = JsonNode.Parse(File.ReadAllText(manifest))!.AsObject();
        json.Remove("saved");
        File.WriteAllText(manifest, json.ToJsonString());
        MetricsFile.Write(Path.Combine(run.Folder, "metrics.csv"), run.Rows.Select(row => row.Epoch == 100 ? row with { TestLoss = row.TestLoss * 1.1 } : row));

        foreach (string verb in new[] { "analyze", "check" })
        {
            CommandLineResult result = Run(verb, run.Folder);

            result.ExitCode.Should().Be(0);
            result.Error.Should().StartWith($"warning: {run.Folder}: records a test loss of ").And.EndWith($"; its halves are other ones, or one of the two was changed{Environment.NewLine}");
        }

        Run("analyze", run.Folder, "--epoch", "50").Error.Should().BeEmpty("that row is as it was");
    }

    [Test]
    public void Of_a_run_whose_rows_were_changed_is_one_clear_error()
    {
        TrainingRun run = Train(100);
        string metrics = Path.Combine(run.Folder, "metrics.csv");
        File.WriteAllLines(metrics, [.. File.ReadLines(metrics).Where(line => !line.StartsWith("30,", StringComparison.Ordinal))]);

        Run("analyze", run.Folder).Should().BeEquivalentTo(new { ExitCode = 2, Output = "" }).And.Match<CommandLineResult>(result => result.Error.StartsWith($"{metrics}: is not as it was written: "));
    }

    [Test]
    public void Of_a_file_that_does_not_tell_its_split_lacks_what_needs_one_and_says_why()
    {
        string file = OfOtherOrigin();

        JsonObject json = Json("analyze", file, "--json");

        foreach (string absent in new[] { "train_fraction", "seed", "epoch", "loss_train", "loss_test", "excluded_loss_train", "excluded_loss_all_frequencies_train", "excluded_loss_by_frequency" })
        {
            json[absent].Should().BeNull();
            json["reasons"]![absent]!.GetValue<string>().Should().NotBeEmpty();
        }
    }

    [Test]
    public void Of_such_a_file_takes_the_split_from_the_options()
    {
        string file = OfOtherOrigin();

        JsonObject json = Json("analyze", file, "--json", "--fraction", "0.5", "--seed", "4");

        var weights = NetworkFile.Read(file).Weights;
        var expected = ModelAnalysis.Analyze(weights, new ModularTask(7), new PairSplit(7, 0.5, 4));
        json["loss_train"]!.GetValue<double>().Should().Be(expected.LossTrain);
        json["train_fraction"]!.GetValue<double>().Should().Be(0.5);
        Run("analyze", file, "--fraction", "0.5").Error.Should().Be($"--fraction and --seed belong together, and the file {file} tells neither; give both or none" + Environment.NewLine);
        Run("analyze", file, "--fraction", "1.5", "--seed", "4").ExitCode.Should().Be(2);
    }

    [Test]
    public void Without_json_is_tables()
    {
        CommandLineResult result = Run("analyze", Train(50).Folder);

        result.ExitCode.Should().Be(0);
        result.Output.Should().ContainAll("Progress measures, p = 7, epoch 50", "sum of squared weights", "distance irrelevance", "gradient symmetricity", "Ablations, on all pairs", "attention skip zero");
    }

    private string OfOtherOrigin()
    {
        // A checkpoint written here without the metadata that names its origin: the header is rewritten, the tensors stay.
        string source = Path.Combine(Train(0).Folder, "checkpoints", "epoch-00000000.safetensors");
        byte[] bytes = File.ReadAllBytes(source);
        int headerLength = (int)BitConverter.ToInt64(bytes, 0);
        JsonObject header = JsonNode.Parse(bytes.AsSpan(8, headerLength))!.AsObject();
        header.Remove("__metadata__");
        byte[] text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        string file = In("other.safetensors");
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes[(8 + headerLength)..]]);
        return file;
    }

    private JsonObject Json(params string[] arguments)
    {
        CommandLineResult result = Run(arguments);
        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        return JsonNode.Parse(result.Output)!.AsObject();
    }
}

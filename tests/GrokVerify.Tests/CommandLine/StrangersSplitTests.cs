using System.Text.Json.Nodes;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.ForwardPass;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tasks;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

/// <summary>Networks whose pairs were shuffled otherwise than here, or whose files contradict what they are read as.</summary>
[Category("Fast")]
public class StrangersSplitTests : CommandLineTests
{
    private const int Prime = 13;
    private static readonly TransformerWeights Weights = WeightInitializer.Initialize(new TransformerConfig { Prime = Prime, DModel = 8, Heads = 2, DMlp = 16 }, 1);
    private static readonly PairLosses Losses = CrossEntropy.Of(new ModularTask(Prime), ModelActivations.Compute(Weights).Logits, Prime + 1);
    private static readonly PairSplit Torch = new(Prime, 0.4, 5, PairShuffle.Torch);

    [Test]
    public void A_file_that_tells_seed_and_fraction_is_split_as_its_recorded_losses_say()
    {
        string file = Write(Recorded(Torch), ("config", Dictionary(("seed", 5L), ("frac_train", 0.4))));

        CommandLineResult result = Run("analyze", file, "--json");

        JsonNode json = JsonNode.Parse(result.Output)!;
        json["split"]!.GetValue<string>().Should().Be("torch");
        json["loss_train"]!.GetValue<double>().Should().BeApproximately(Losses.On(Torch.Train).Loss, 1e-12);
        json["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()).Should().Contain(warning => warning.StartsWith(file)).And.HaveCount(1);
        result.Error.Should().Be($"warning: {json["warnings"]![0]}{Environment.NewLine}");
    }

    [Test]
    public void Options_decide_how_the_pairs_are_shuffled_and_losses_that_speak_against_it_are_told()
    {
        string file = Write(Recorded(Torch));
        string[] split = ["--seed", "5", "--fraction", "0.4"];

        JsonNode.Parse(Run(["analyze", file, "--json", .. split]).Output)!["split"]!.GetValue<string>().Should().Be("torch", "its losses fit that");
        CommandLineResult python = Run(["analyze", file, "--json", .. split, "--split", "python"]);
        JsonNode.Parse(python.Output)!["split"]!.GetValue<string>().Should().Be("python", "the user says so");
        python.Error.Should().Contain($"{file}: the losses of the train pairs are not lower, or more alike, than those of the test pairs beyond chance, with the halves of --split python");
    }

    [Test]
    public void Halves_that_stand_in_the_file_pair_by_pair_are_those()
    {
        List<object?> Numbers(ReadOnlySpan<int> pairs) => [.. pairs.ToArray().Select(pair => (object?)(long)pair)];
        string numbers = Write(Recorded(Torch), ("train_indices", Numbers(Torch.Train)), ("test_indices", Numbers(Torch.Test)));
        string tokens = Write(Recorded(Torch), ("train_data", Torch.Train.ToArray().Select(pair => (object?)new object?[] { (long)(pair / Prime), (long)(pair % Prime), (long)Prime }).ToList()));

        foreach (string file in new[] { numbers, tokens })
        {
            JsonNode json = JsonNode.Parse(Run("analyze", file, "--json").Output)!;
            json["loss_train"]!.GetValue<double>().Should().BeApproximately(Losses.On(Torch.Train).Loss, 1e-12);
            json["loss_test"]!.GetValue<double>().Should().BeApproximately(Losses.On(Torch.Test).Loss, 1e-12);
            json["seed"].Should().BeNull();
            json["reasons"]!["seed"]!.GetValue<string>().Should().Be("the halves are known pair by pair");
        }
    }

    [TestCase("a number of no pair", 0, 169, "train_indices: is no list of pairs of p = 13, as numbers from 0 to 168 or as tokens a, b; passed over")]
    [TestCase("a pair twice", 4, 4, "train_indices, test_indices: a pair stands there twice, or one half has all; both are passed over")]
    public void Halves_that_cannot_be_are_passed_over_with_a_warning(string because, long first, long second, string note)
    {
        string file = Write([], ("train_indices", new List<object?> { first, second }));

        CommandLineResult result = Run("analyze", file, "--json");

        result.Error.Should().Be($"warning: {file}: {note}{Environment.NewLine}", because);
        JsonNode.Parse(result.Output)!["loss_train"].Should().BeNull(because);
    }

    [Test]
    public void A_test_half_that_cannot_be_leaves_the_train_half_with_all_other_pairs()
    {
        string file = Write(Recorded(Torch), ("train_indices", Torch.Train.ToArray().Select(pair => (object?)(long)pair).ToList()), ("test_indices", new List<object?> { -1L }));

        CommandLineResult result = Run("analyze", file, "--json");

        result.Error.Should().Contain($"warning: {file}: test_indices: is no list of pairs of p = 13, as numbers from 0 to 168 or as tokens a, b; passed over{Environment.NewLine}");
        JsonNode.Parse(result.Output)!["loss_test"]!.GetValue<double>().Should().BeApproximately(Losses.On(Torch.Test).Loss, 1e-12);
    }

    [Test]
    public void Exported_they_are_still_there()
    {
        string file = Write([], ("train_indices", Torch.Train.ToArray().Select(pair => (object?)(long)pair).ToList()));
        Run("export", file, In("again.pth")).ExitCode.Should().Be(0);
        Run("export", file, In("again.safetensors")).Error.Should().Contain("has no place for train and test halves that are known pair by pair; give a .pth file to keep them");

        NetworkFile.Read(In("again.pth")).Split!.Train.ToArray().Should().Equal(Torch.Train.ToArray());
    }

    [Test]
    public void An_export_keeps_how_the_pairs_were_shuffled()
    {
        Run("export", Write(Recorded(Torch)), In("kept.safetensors"), "--seed", "5", "--fraction", "0.4").ExitCode.Should().Be(0);

        NetworkFile.Read(In("kept.safetensors")).Facts.Should().BeEquivalentTo(new { Seed = 5L, TrainFraction = 0.4, Shuffle = PairShuffle.Torch });
    }

    /// <summary>The file tells neither shuffle nor losses: what was recorded once is what the verdicts are held to, unless the user says otherwise.</summary>
    [Test]
    public void Expectations_keep_how_the_pairs_were_shuffled()
    {
        string file = Write([], ("config", Dictionary(("seed", 5L), ("frac_train", 0.4))));
        string claims = In("claims.json");
        Run("expect", file, "--out", claims, "--split", "torch").ExitCode.Should().Be(0);

        File.ReadAllText(claims).Should().Contain("\"shuffle\": \"torch\"");
        Run("check", file, "--expect", claims).Error.Should().Contain("with the halves of --split torch --seed 5 --fraction 0.4");
        Run("check", file, "--expect", claims, "--seed", "5", "--fraction", "0.4").Error.Should().Contain("with the halves of --split python --seed 5 --fraction 0.4", "the options say nothing of torch");
    }

    [Test]
    public void Recorded_losses_that_no_split_could_have_are_told_without_one()
    {
        CommandLineResult result = Run("check", Write([("train_losses", new List<object?> { 0.003 }), ("test_losses", new List<object?> { 0.007 })]), "--json");

        JsonNode.Parse(result.Output)!["warnings"]!.AsArray().Single()!.GetValue<string>().Should().Contain("records a train loss of 0.0030 and a test loss of 0.0070, but the network read from it has ")
            .And.Contain(" on all pairs, which is not between them");
    }

    [Test]
    public void A_file_s_own_split_can_be_overridden_with_a_warning()
    {
        string file = Write([], ("config", Dictionary(("seed", 5L), ("frac_train", 0.4), ("split", "python"))));

        Run("analyze", file, "--seed", "6").Error.Should().Contain("was trained with --split python --seed 5 --fraction 0.4 by its own word, and is looked at with --split python --seed 6 --fraction 0.4, as you say");
        Run("analyze", file, "--seed", "5").Error.Should().NotContain("by its own word");
    }

    [Test]
    public void Training_on_says_what_check_says_and_asks_for_halves_that_it_can_make()
    {
        string file = Write(Recorded(Torch), ("config", Dictionary(("seed", 5L), ("frac_train", 0.4), ("weight_decay", 1.0))));

        Run("import", file).Should().BeEquivalentTo(new { ExitCode = 2, Output = "" }, options => options.Including(result => result.ExitCode).Including(result => result.Output));
        Run("import", file).Error.Should().Contain("was trained on the halves of --split torch --seed 5 --fraction 0.4, and training here shuffles the pairs as CPython does; give --fraction and --seed for halves of its own");
        CommandLineResult import = Run("import", file, "--seed", "5", "--fraction", "0.4");
        import.ExitCode.Should().Be(0);
        import.Error.Should().Contain("these are other halves");
    }

    [Test]
    public void A_network_that_never_learned_the_task_is_called_so_first()
    {
        string file = Write([]);

        Run("check", file).Output.Should().StartWith("not grokked: accuracy 0.");
        Run("analyze", file).Output.Should().StartWith("not grokked: accuracy 0.");
        JsonNode json = JsonNode.Parse(Run("check", file, "--json").Output)!;
        json["grokked"]!.GetValue<bool>().Should().BeFalse();
        json["claims"]!.AsArray().Select(claim => claim!["verdict"]!.GetValue<string>()).Should().NotContain("holds", "every claim about a network presupposes that it solves its task");
    }

    private static (string Key, object? Value)[] Recorded(PairSplit split) =>
        [("train_losses", new List<object?> { 4.0, Losses.On(split.Train).Loss }), ("test_losses", new List<object?> { 4.0, Losses.On(split.Test).Loss })];

    private static OrderedDictionary<object, object?> Dictionary(params (string Key, object? Value)[] entries) => new(entries.Select(entry => KeyValuePair.Create((object)entry.Key, entry.Value)));

    private string Write((string Key, object? Value)[] records, params (string Key, object? Value)[] more)
    {
        string file = In($"network{Directory.GetFiles(Folder).Length}.pth");
        var model = new NewOrderedDict([.. LayoutTensors.Of(Weights, NetworkLayout.Published).Select(tensor => KeyValuePair.Create(tensor.Name, (object?)TensorBytes.Of(tensor.Shape, tensor.Values.Span)))]);
        PyTorchWriter.Write(file, Dictionary([("model", model), .. records, .. more]));
        return file;
    }
}

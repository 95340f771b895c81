using System.Text.Json.Nodes;
using GrokVerify.Runs;

namespace GrokVerify.Tests.CommandLine;

/// <summary>What the verbs say of networks of other architectures.</summary>
[Category("Fast")]
[NonParallelizable]
public class ArchitectureVerbsTests : CommandLineTests
{
    private static readonly string[] Tiny = ["--p", "7", "--fraction", "0.6", "--d-model", "16", "--heads", "2", "--log-every", "10", "--checkpoint-every", "50", "--epochs", "100"];

    [TestCase("exact")]
    [TestCase("torch")]
    public void Attention_alone_is_trained_by_either_engine(string engine)
    {
        TrainingRun run = TrainTiny("--attention-only", "--engine", engine);

        run.Config.Model.AttentionOnly.Should().BeTrue();
        run.Identity.Engine.Should().StartWith(engine);
    }

    [Test]
    public void Several_layers_are_trained_by_torch_unless_another_engine_is_asked_for()
    {
        TrainTiny("--layers", "2").Identity.Engine.Should().Be("torch-cpu-float32");
        Run(["train", .. Tiny, "--layers", "2", "--engine", "exact"]).Should().BeEquivalentTo(
            new { ExitCode = 2, Output = "", Error = $"--engine exact: trains networks of one layer, not of 2; give --engine torch{Environment.NewLine}" });
    }

    [Test]
    public void Attention_alone_has_no_width_of_an_MLP() => Run(["train", .. Tiny, "--attention-only", "--d-mlp", "32"]).Should().BeEquivalentTo(
        new { ExitCode = 2, Error = $"--d-mlp: a network of attention alone has no MLP; leave it out, or leave out --attention-only{Environment.NewLine}" });

    [TestCase("the network has no MLP", "--attention-only")]
    [TestCase("the network has two layers", "--layers", "2")]
    public void What_a_network_does_not_have_is_absent_for_a_reason(string reason, params string[] architecture)
    {
        TrainingRun run = TrainTiny(architecture);

        JsonNode json = JsonNode.Parse(Run("analyze", run.Folder, "--json").Output)!;

        json["neuron_count"].Should().BeNull();
        json["reasons"]!["neuron_count"]!.GetValue<string>().Should().Be(reason);
        json["reasons"]!["ablations.closed_form"]!.GetValue<string>().Should().Be(reason);
        json["ablations"]!.AsObject().ContainsKey("mlp_skip_zero").Should().BeFalse();
        json["ablations"]!.AsObject().ContainsKey("head_0_zero").Should().Be(run.Config.Model.Layers == 1);
        json["reasons"]!.AsObject().ContainsKey("ablations.all_heads_zero").Should().Be(run.Config.Model.Layers > 1);
        json["gini_embedding"]!.GetValue<double>().Should().BePositive();
        json["loss_train"]!.GetValue<double>().Should().BeApproximately(run.Rows[^1].TrainLoss, 1e-4, "rows are of float32");
        json["sum_squared_weights"]!.GetValue<double>().Should().Be(run.Rows[^1].SumSquaredWeights);
        Run("analyze", run.Folder).Output.Should().ContainAll($"left out, for {reason}:", "closed form");
    }

    [TestCase("neuron-purity", "the network has no MLP", "--attention-only")]
    [TestCase("attention-to-equals", "the network has two layers", "--layers", "2")]
    public void A_claim_about_a_part_that_is_absent_is_not_applicable(string id, string reason, params string[] architecture)
    {
        TrainingRun run = TrainTiny(architecture);

        JsonNode claim = JsonNode.Parse(Run("check", run.Folder, "--json").Output)!["claims"]!.AsArray().Single(claim => claim!["id"]!.GetValue<string>() == id)!;

        claim["verdict"]!.GetValue<string>().Should().Be("not_applicable");
        claim["reason"]!.GetValue<string>().Should().Be(reason);
        Run("check", run.Folder).Output.Should().Contain($"not applicable: {reason}");
    }

    [TestCase("the network has no MLP", "1 layer, d_model 16, 2 heads, no MLP", "--attention-only")]
    [TestCase("the network has two layers", "2 layers, d_model 16", "--layers", "2")]
    public void A_reproduction_says_what_it_leaves_out(string reason, string shape, params string[] architecture)
    {
        CommandLineResult result = Run(["reproduce", .. Tiny, .. architecture, "--out", In("report")]);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Should().Contain($"not applicable: {reason}").And.MatchRegex(@"\d+ of 1\d claims hold");
        File.ReadAllText(In("report/report.html")).Should().ContainAll(shape, "id=\"alpha-spectrum\"").And.NotContain("id=\"neuron-logit-map-spectrum\"");
    }

    [Test]
    public void Only_a_checkpoint_has_a_place_for_them()
    {
        TrainingRun run = TrainTiny("--layers", "2");

        Run("export", run.Folder, In("two.safetensors")).ExitCode.Should().Be(0);
        Checkpoint.Read(In("two.safetensors")).Weights.Values.Should().Equal(run.ReadCheckpoint(100).Weights.Values);
        Run("export", run.Folder, In("two.pth")).Error.Should().StartWith("a network of several layers or without an MLP is exported as a checkpoint only");
    }

    private TrainingRun TrainTiny(params string[] architecture)
    {
        CommandLineResult result = Run(["train", .. Tiny, .. architecture]);
        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        return TrainingRun.Open(result.Output.TrimEnd().Split("run: ")[^1]);
    }
}

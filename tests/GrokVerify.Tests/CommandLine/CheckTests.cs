using System.Text.Json.Nodes;
using GrokVerify.Claims;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Tests.Measures;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class CheckTests : CommandLineTests
{
    private static readonly string[] Verdicts = ["holds", "does_not_hold", "not_applicable"];

    [Test]
    public void Every_claim_of_the_catalogue_is_judged_or_has_a_reason()
    {
        CommandLineResult result = Run("check", TorchFiles.Of("published.pth"), "--json");

        result.ExitCode.Should().Be(0);
        JsonNode json = JsonNode.Parse(result.Output)!;
        json["layout"]!.GetValue<string>().Should().Be("published");
        json["epoch"]!.GetValue<long>().Should().Be(3);
        JsonArray claims = json["claims"]!.AsArray();
        claims.Select(claim => claim!["id"]!.GetValue<string>()).Should().Equal(ClaimCatalog.OfOneRun.Select(claim => claim.Id));
        foreach (JsonNode? claim in claims)
        {
            string verdict = claim!["verdict"]!.GetValue<string>();
            Verdicts.Should().Contain(verdict);
            (claim["reason"] is not null).Should().Be(verdict == "not_applicable");
            (claim["findings"]!.AsArray().Count > 0).Should().Be(verdict != "not_applicable");
        }

        claims.Single(claim => claim!["id"]!.GetValue<string>() == "ablation-effects")!["verdict"]!.GetValue<string>()
            .Should().Be("does_not_hold", "the network is random");
    }

    [Test]
    public void A_claim_holds_or_fails_as_the_library_judges_it()
    {
        TransformerWeights weights = PizzaNetwork.Build();
        string file = In("pizza.safetensors");
        SafetensorsWriter.Write(file, LayoutTensors.Of(weights, NetworkLayout.TransformerLens), []);
        var evidence = NetworkEvidence.Measure(new NetworkSpectra(weights, new ModularTask(PizzaNetwork.Prime)), null);

        JsonArray claims = JsonNode.Parse(Run("check", file, "--json").Output)!["claims"]!.AsArray();

        foreach (CheckedClaim expected in NetworkCheck.Of(evidence).Where(claim => claim.Result is not null))
        {
            JsonNode claim = claims.Single(claim => claim!["id"]!.GetValue<string>() == expected.Claim.Id)!;
            claim["verdict"]!.GetValue<string>().Should().Be(expected.Result!.Verdict == Verdict.Holds ? "holds" : "does_not_hold");
            claim["findings"]!.AsArray().Select(finding => (bool)finding!["holds"]!).Should().Equal(expected.Result.Findings.Select(finding => finding.Holds));
        }
    }

    [Test]
    public void Without_json_is_tables_and_a_run_is_checked_at_its_newest_checkpoint()
    {
        CommandLineResult result = Run("check", Train(50).Folder);

        result.ExitCode.Should().Be(0);
        result.Output.Should().ContainAll("measuring 2 checkpoints", "What the claims were judged on", "spectral contrast", "at least 5", "Claims", "never within 50").And.NotContain(NetworkCheck.NeedsRun);
    }

    [Test]
    public void A_run_is_judged_with_its_curve_as_the_library_judges_it()
    {
        TrainingRun run = Train(100);

        CommandLineResult result = Run("check", run.Folder, "--json");

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        JsonArray claims = JsonNode.Parse(result.Output)!["claims"]!.AsArray();
        IReadOnlyList<CheckedClaim> expected = NetworkCheck.Of(RunEvidence.Measure(run));
        expected.Should().OnlyContain(claim => claim.NotApplicable != NetworkCheck.NeedsRun);
        expected.Count(claim => claim.Claim is not NetworkClaim && claim.Result is not null).Should().BePositive("these are about the curve");
        claims.Select(claim => (string)claim!["verdict"]!).Should().Equal(expected.Select(claim => ClaimJson.Word(claim.Result)));
        claims.SelectMany(claim => claim!["findings"]!.AsArray()).Select(finding => (double?)finding!["measured"]).Should().Equal(
            expected.SelectMany(claim => claim.Result?.Findings ?? []).Select(finding => finding.Measured is double value && double.IsFinite(value) ? (double?)value : null));
    }

    [Test]
    public void Where_the_curve_is_not_judged_that_is_said()
    {
        TrainingRun run = Train(100);
        Run("export", run.Folder, In("moved.pth")).ExitCode.Should().Be(0);
        Run("train", "--from", In("moved.pth"), "--epochs", "150", "--log-every", "10", "--checkpoint-every", "50", "--out", In("elsewhere")).ExitCode.Should().Be(0);
        string branch = new RunStore(In("elsewhere")).List().Single().Folder;

        ShouldBeAlone([run.Folder, "--epoch", "100"], $"warning: {run.Folder}: claims about the run's curve are not judged: --epoch 100 is one network; leave it out");
        ShouldBeAlone([branch], $"warning: {branch}: claims about the run's curve are not judged: its curve begins at epoch 100, where it goes on from another network; give a run from initial weights");
        ShouldBeAlone([run.Folder, "--seed", "3"], $"warning: {run.Folder}: claims about the run's curve are not judged: they are about the halves that it was trained on; leave out --fraction, --seed and --split");
    }

    [Test]
    public void A_damaged_newest_checkpoint_is_told_of_once_and_the_curve_ends_before_it()
    {
        TrainingRun run = Train(100);
        File.WriteAllText(Path.Combine(run.Folder, "checkpoints", "epoch-00000100.safetensors"), "damaged");

        CommandLineResult result = Run("check", run.Folder, "--json");

        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle().Which.Should().StartWith("warning: ").And.Contain("epoch-00000100");
        JsonNode json = JsonNode.Parse(result.Output)!;
        json["epoch"]!.GetValue<long>().Should().Be(50);
        result.Output.Should().Contain("never within 50 epochs").And.NotContain(NetworkCheck.NeedsRun);
    }

    private void ShouldBeAlone(string[] arguments, string warning)
    {
        CommandLineResult result = Run(["check", .. arguments, "--json"]);
        result.ExitCode.Should().Be(0);
        result.Error.Split(Environment.NewLine).Should().Contain(warning);
        result.Output.Should().Contain(NetworkCheck.NeedsRun);
    }

    [Test]
    public void Several_networks_are_told_apart_by_their_names()
    {
        string[] files = [In("first.safetensors"), In("second.safetensors")];
        foreach (string file in files)
        {
            SafetensorsWriter.Write(file, LayoutTensors.Of(PizzaNetwork.Build(), NetworkLayout.Native), []);
        }

        CommandLineResult result = Run(["check", .. files]);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Split(Environment.NewLine).Where(line => files.Contains(line)).Should().Equal(files);
    }

    [Test]
    public void Losses_that_contradict_the_files_own_records_are_warned_of()
    {
        CommandLineResult result = Run("check", TorchFiles.Of("published.pth"));

        // The file records losses of 1.25 and 1.75 that its random network does not have.
        result.Error.Should().StartWith($"warning: {TorchFiles.Of("published.pth")}: records a train loss of 1.250, but the network read from it has ");
    }

    [Test]
    public void A_split_that_is_not_told_is_hinted_at_when_the_recorded_losses_find_it()
    {
        var config = new TransformerConfig { Prime = 13, DModel = 8, Heads = 2, DMlp = 16 };
        TransformerWeights weights = WeightInitializer.Initialize(config, 1);
        var task = new ModularTask(13);
        PairLosses losses = CrossEntropy.Of(task, ModelActivations.Compute(weights).Logits, task.Classes);
        var split = new PairSplit(13, 0.4, 5);
        string file = In("recorded.pth");
        PyTorchWriter.Write(file, new OrderedDictionary<object, object?>
        {
            ["model"] = new NewOrderedDict([.. LayoutTensors.Of(weights, NetworkLayout.Published)
                .Select(tensor => KeyValuePair.Create(tensor.Name, (object?)TensorBytes.Of(tensor.Shape, tensor.Values.Span)))]),
            ["train_losses"] = new List<object?> { 4.0, losses.On(split.Train).Loss },
            ["test_losses"] = new List<object?> { 4.0, losses.On(split.Test).Loss },
        });

        JsonNode json = JsonNode.Parse(Run("analyze", file, "--json").Output)!;

        json["loss_train"].Should().BeNull("a hint is not a split");
        json["reasons"]!["loss_train"]!.GetValue<string>().Should().StartWith(ProgressMeasures.NoSplit).And.Contain("--seed 5 --fraction 0.4 would fit");
        Run("analyze", file).Output.Should().Contain("--seed 5 --fraction 0.4 would fit");
        Run("analyze", file, "--seed", "5", "--fraction", "0.4").Output.Should().NotContain("would fit");
    }

    [Test]
    public void A_loss_that_underflows_to_zero_leaves_json_that_can_be_read()
    {
        TransformerWeights weights = PizzaNetwork.Build();
        foreach (ref float weight in weights["W_U"])
        {
            weight *= 1e6f;
        }

        SafetensorsWriter.Write(In("certain.safetensors"), LayoutTensors.Of(weights, NetworkLayout.Native), []);

        JsonNode.Parse(Run("analyze", In("certain.safetensors"), "--json").Output)!["loss_all"]!.GetValue<double>().Should().Be(0);
        JsonNode findings = JsonNode.Parse(Run("check", In("certain.safetensors"), "--json").Output)!["claims"]!.AsArray()
            .Single(claim => claim!["id"]!.GetValue<string>() == "ablation-effects")!["findings"]!;
        findings.AsArray().Should().Contain(finding => finding!["measured"] == null && finding["absence"]!.GetValue<string>().StartsWith("not a finite number: "));
    }

    [TestCase("analyze")]
    [TestCase("check")]
    public void Weights_that_are_no_numbers_or_too_large_are_refused_in_one_line(string verb)
    {
        TransformerWeights weights = PizzaNetwork.Build();
        weights["W_U"][3] = -3e38f;
        SafetensorsWriter.Write(In("huge.safetensors"), LayoutTensors.Of(weights, NetworkLayout.Native), []);
        weights["W_U"][3] = float.NaN;
        SafetensorsWriter.Write(In("nan.safetensors"), LayoutTensors.Of(weights, NetworkLayout.Native), []);

        CommandLineResult nan = Run(verb, In("nan.safetensors"));
        CommandLineResult huge = Run(verb, In("huge.safetensors"));

        nan.ExitCode.Should().Be(2);
        nan.Error.Should().Contain("weight W_U[3] is NaN").And.NotContain("Parameter");
        huge.ExitCode.Should().Be(2);
        huge.Error.Should().Contain("has weights beyond 1e15");
    }
}

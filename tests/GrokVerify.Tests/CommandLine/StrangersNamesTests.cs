using System.Text.Json.Nodes;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tests.Measures;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

/// <summary>Networks whose tensors have names that say nothing, and whose attention is said to be blended.</summary>
[Category("Fast")]
public class StrangersNamesTests : CommandLineTests
{
    private const string Map = "W_Q=a.T,W_K=b.T,W_V=c.T,W_O=d.T,heads=1";

    private string File => In("strange.safetensors");

    [SetUp]
    public void WriteNetwork()
    {
        TransformerWeights pizza = PizzaNetwork.Build();
        Dictionary<string, string> names = new() { ["W_Q"] = "a", ["W_K"] = "b", ["W_V"] = "c", ["W_O"] = "d" };

        // One head: [1, d_model, d_head] is [input, output].
        SafetensorsWriter.Write(
            File,
            [.. LayoutTensors.Of(pizza, NetworkLayout.Native).Select(tensor => names.TryGetValue(tensor.Name, out string? name) ? tensor with { Name = name, Shape = [12, 12] } : tensor with { Name = $"net.{tensor.Name}" })],
            []);
    }

    [Test]
    public void The_refusal_proposes_a_map_and_with_it_the_network_is_itself()
    {
        ShouldBeRefused(Run("analyze", File), $"{File}: does not say by names and shapes which tensor is W_Q, W_K, W_V, W_O; left are ");

        JsonNode json = JsonNode.Parse(Run("analyze", File, "--map", Map, "--json").Output)!;

        json["accuracy"]!.GetValue<double>().Should().Be(1);
        json["algorithm"]!.GetValue<string>().Should().Be("pizza");
        json["key_frequencies"]!.AsArray().Select(k => k!.GetValue<int>()).Should().Equal(PizzaNetwork.Frequencies);
    }

    /// <summary>The pizza attends to all three tokens alike, a third each: thrice that is what a constant of one gives.</summary>
    [Test]
    public void The_attention_rate_changes_what_the_network_computes_and_its_claims_on_attention()
    {
        JsonNode plain = JsonNode.Parse(Run("analyze", File, "--map", Map, "--json").Output)!;
        JsonNode constant = JsonNode.Parse(Run("analyze", File, "--map", Map, "--attention-rate", "0", "--json").Output)!;

        for (int i = 0; i < PizzaNetwork.Frequencies.Length; i++)
        {
            constant["alpha"]![i]!.GetValue<double>().Should().BeApproximately(3 * plain["alpha"]![i]!.GetValue<double>(), 1e-9);
        }

        constant["reasons"]!["ablations.query_zero"]!.GetValue<string>().Should().Be("the network's attention is blended with a constant one (rate 0)");
        plain["reasons"]!["ablations.query_zero"].Should().BeNull();
    }

    [Test]
    public void Expectations_keep_how_the_file_was_read()
    {
        string claims = In("claims.json");
        Run("expect", File, "--out", claims, "--map", Map, "--attention-rate", "0.5").ExitCode.Should().Be(0);

        CommandLineResult result = Run("check", File, "--expect", claims);

        result.Output.Should().StartWith($"{File}: as expected: ");
        JsonNode recorded = JsonNode.Parse(System.IO.File.ReadAllText(claims))!["networks"]!["strange.safetensors"]!;
        (recorded["map"]!.GetValue<string>(), recorded["attention_rate"]!.GetValue<double>(), recorded["network"]).Should().Be((Map, 0.5, null));
        GrokVerify.Expectations.ExpectedClaims.Changes(File, claims).Should().BeEmpty();
        Run("expect", File, "--out", claims, "--force").ExitCode.Should().Be(0, "what was recorded counts until something else is said");
        string sound = System.IO.File.ReadAllText(claims);
        System.IO.File.WriteAllText(claims, sound.Replace("\"attention_rate\": 0.5", "\"attention_rate\": 5", StringComparison.Ordinal));
        Run("check", File, "--expect", claims).Error.Should().Be($"{File}: its expectations cannot be understood (attention_rate = 5 is out of range: from 0 to 1); record them again{Environment.NewLine}");
        System.IO.File.WriteAllText(claims, sound.Replace("W_Q=a", "W_X=a", StringComparison.Ordinal));
        Run("check", File, "--expect", claims).Error.Should().Be($"{File}: its expectations cannot be understood (W_X is none of our tensors; they are {string.Join(", ", RoleNames.All)}, and heads); record them again{Environment.NewLine}");
    }

    [Test]
    public void A_report_reads_the_file_in_the_same_way()
    {
        string page = In("report.html");

        Run("report", File, "--map", Map, "--attention-rate", "0", "--out", page).ExitCode.Should().Be(0);

        System.IO.File.ReadAllText(page).Should().Contain("blended with a constant one (rate 0)");
    }

    [Test]
    public void What_no_layout_has_a_place_for_is_not_exported()
    {
        ShouldBeRefused(Run("export", File, In("a.pth"), "--map", Map, "--attention-rate", "0"), $"{File}: the network's attention is blended with a constant one (rate 0), which no layout has a place for; give another network");
        System.IO.File.Exists(In("a.pth")).Should().BeFalse();
    }

    [TestCase("--map", "W_Q", "--map W_Q: W_Q is no pair of names; give ours=theirs, with commas between")]
    [TestCase("--attention-rate", "1.5", "--attention-rate 1.5: give a number from 0 to 1")]
    public void What_no_file_can_be_read_by_is_refused(string option, string value, string problem) => ShouldBeRefused(Run("analyze", File, option, value), problem);

    [Test]
    public void A_run_has_names_of_its_own_and_a_training_from_initial_weights_reads_no_file()
    {
        string run = Train(0).Folder;

        ShouldBeRefused(Run("analyze", run, "--map", Map), $"{run}: is a folder; give --network, --map and --attention-rate with a file that others wrote only");
        ShouldBeRefused(Run("train", "--map", Map), "--network and --map say how a file is read; give --from with them");
    }
}

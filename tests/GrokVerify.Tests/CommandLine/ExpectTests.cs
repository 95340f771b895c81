using System.Text.Json.Nodes;
using GrokVerify.Claims;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tests.Measures;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

/// <summary>expect, and check --expect: a network of which claims hold, then another one in its place.</summary>
[Category("Fast")]
public class ExpectTests : CommandLineTests
{
    private string Pizza => In("pizza.safetensors");

    private string Random => In("random.safetensors");

    private string Expectations => In("claims.json");

    [SetUp]
    public void WriteNetworks()
    {
        TransformerWeights pizza = PizzaNetwork.Build();
        Write(Pizza, pizza);
        Write(Random, WeightInitializer.Initialize(pizza.Config, 1));
    }

    [Test]
    public void Every_claim_is_recorded_with_the_verdict_and_the_rule_that_check_has()
    {
        CommandLineResult result = Run("expect", Pizza, "--out", Expectations);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Should().EndWith($"written: {Expectations}{Environment.NewLine}");
        JsonObject recorded = Recorded("pizza.safetensors")["claims"]!.AsObject();
        recorded.Select(claim => claim.Key).Should().Equal(ClaimCatalog.OfOneRun.Select(claim => claim.Id));
        foreach (JsonNode? claim in Checked(Pizza))
        {
            JsonNode expected = recorded[claim!["id"]!.GetValue<string>()]!;
            expected["verdict"]!.GetValue<string>().Should().Be(claim["verdict"]!.GetValue<string>());
            expected["rule_sha256"]!.GetValue<string>().Should().Be(claim["rule_sha256"]!.GetValue<string>());
        }
    }

    [Test]
    public void A_network_that_is_as_it_was_passes()
    {
        Run("expect", Pizza, "--out", Expectations);

        CommandLineResult result = Run("check", Pizza, "--expect", Expectations);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Should().StartWith($"{Pizza}: as expected: ");
    }

    [Test]
    public void Another_network_in_its_place_fails_with_a_line_for_each_changed_verdict()
    {
        Run("expect", Pizza, "--out", Expectations);
        File.Copy(Random, Pizza, overwrite: true);

        CommandLineResult result = Run("check", Pizza, "--expect", Expectations);

        result.ExitCode.Should().Be(1);
        string[] text = File.ReadAllLines(Expectations);
        string[] changed = [.. Checked(Pizza)
            .Where(claim => claim!["verdict"]!.GetValue<string>() != Recorded("pizza.safetensors")["claims"]![claim["id"]!.GetValue<string>()]!["verdict"]!.GetValue<string>())
            .Select(claim => claim!["id"]!.GetValue<string>())];
        string[] lines = result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveSameCount(changed).And.NotBeEmpty();
        foreach ((string line, string id) in lines.Zip(changed))
        {
            int recordedAt = 1 + Array.FindIndex(text, candidate => candidate.Contains($"\"{id}\"", StringComparison.Ordinal));
            line.Should().StartWith($"pizza.safetensors: {id}: does not hold: ").And.Contain("(rule: ")
                .And.EndWith($"; expected: holds, claims.json({recordedAt}); since then the network has changed; to accept it: grokverify expect pizza.safetensors --force");
        }
    }

    [Test]
    public void A_verdict_that_becomes_better_is_a_changed_verdict_too()
    {
        Run("expect", Random, "--out", Expectations);
        File.Copy(Pizza, Random, overwrite: true);

        CommandLineResult result = Run("check", Random, "--expect", Expectations);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(": holds; expected: does not hold, claims.json(");
    }

    [Test]
    public void A_changed_rule_is_told_from_a_changed_network()
    {
        Run("expect", Pizza, "--out", Expectations);
        Edit(claim => (claim["verdict"], claim["rule_sha256"]) = ("does_not_hold", new string('0', 64)));

        CommandLineResult result = Run("check", Pizza, "--expect", Expectations);

        result.ExitCode.Should().Be(1);
        result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle()
            .Which.Should().Contain("since then the claim's rule has changed");
    }

    [Test]
    public void A_rule_that_changed_without_a_verdict_is_none()
    {
        Run("expect", Pizza, "--out", Expectations);
        Edit(claim => claim["rule_sha256"] = new string('0', 64));

        Run("check", Pizza, "--expect", Expectations).Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
    }

    [Test]
    public void A_verdict_that_the_same_network_and_rule_did_not_have_is_of_another_version()
    {
        Run("expect", Pizza, "--out", Expectations);
        Edit(claim => claim["verdict"] = "does_not_hold");

        Run("check", Pizza, "--expect", Expectations).Error.Should().Contain("network and rule are the same, but this version measures otherwise");
    }

    [Test]
    public void A_claim_of_another_version_is_told_of()
    {
        Run("expect", Pizza, "--out", Expectations);
        JsonNode json = JsonNode.Parse(File.ReadAllText(Expectations))!;
        JsonObject claims = json["networks"]!["pizza.safetensors"]!["claims"]!.AsObject();
        claims["of-the-future"] = claims["neuron-purity"]!.DeepClone();
        claims.Remove("neuron-purity");
        File.WriteAllText(Expectations, json.ToJsonString());

        CommandLineResult result = Run("check", Pizza, "--expect", Expectations);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("expected: not recorded, claims.json; the claim is newer than the file").And.Contain("of-the-future: unknown; expected: ").And.Contain("this version has no such claim");
    }

    [Test]
    public void A_second_network_is_added_beside_the_first()
    {
        Run("expect", Random, "--out", Expectations);
        string first = Recorded("random.safetensors").ToJsonString();

        CommandLineResult result = Run("expect", Random, Pizza, "--out", Expectations);

        result.ExitCode.Should().Be(0);
        result.Output.Should().StartWith($"{Random}: is recorded already and kept; --force replaces it");
        Recorded("random.safetensors").ToJsonString().Should().Be(first);
        Run("check", Pizza, Random, "--expect", Expectations).ExitCode.Should().Be(0);
    }

    [Test]
    public void What_is_recorded_is_replaced_by_force_alone()
    {
        Run("expect", Pizza, Random, "--out", Expectations);
        File.Copy(Random, Pizza, overwrite: true);
        byte[] before = File.ReadAllBytes(Expectations);

        CommandLineResult refused = Run("expect", Pizza, "--out", Expectations);

        refused.ExitCode.Should().Be(2);
        refused.Error.Should().Be($"{Expectations}: has all of these networks already; give --force to replace what it says of them{Environment.NewLine}");
        File.ReadAllBytes(Expectations).Should().Equal(before);
        string other = Recorded("random.safetensors").ToJsonString();
        Run("expect", Pizza, "--out", Expectations, "--force").ExitCode.Should().Be(0);
        Recorded("random.safetensors").ToJsonString().Should().Be(other);
        Run("check", Pizza, "--expect", Expectations).ExitCode.Should().Be(0);
    }

    [Test]
    public void A_split_that_the_file_does_not_tell_is_recorded_and_used()
    {
        Run("expect", Pizza, "--out", Expectations, "--fraction", "0.3", "--seed", "4").ExitCode.Should().Be(0);

        (Recorded("pizza.safetensors")["train_fraction"]!.GetValue<double>(), Recorded("pizza.safetensors")["seed"]!.GetValue<long>()).Should().Be((0.3, 4));
        Run("check", Pizza, "--expect", Expectations).ExitCode.Should().Be(0);
        Run("expect", Pizza, "--out", Expectations, "--force").ExitCode.Should().Be(0);
        Recorded("pizza.safetensors")["seed"]!.GetValue<long>().Should().Be(4, "accepting another verdict does not forget it");
    }

    [Test]
    public void A_network_that_went_missing_is_told_of()
    {
        Run("expect", Pizza, Random, "--out", Expectations);
        File.Delete(Random);

        CommandLineResult result = Run("check", Pizza, "--expect", Expectations);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Be($"{Expectations}: random.safetensors is recorded there, but there is no such file; bring it back, or take its entry out{Environment.NewLine}");
    }

    [Test]
    public void Every_network_is_checked_though_one_cannot_be_read()
    {
        Run("expect", Pizza, Random, "--out", Expectations);
        File.WriteAllText(Random, "no network");

        CommandLineResult result = Run("check", Random, Pizza, "--expect", Expectations);

        result.ExitCode.Should().Be(2);
        result.Error.Should().StartWith($"{Random}: ");
        result.Output.Should().StartWith($"{Pizza}: as expected: ");
    }

    [Test]
    public void A_network_without_expectations_and_a_folder_are_refused()
    {
        Run("expect", Pizza, "--out", Expectations);

        Run("check", Random, "--expect", Expectations).Should().BeEquivalentTo(new
        {
            ExitCode = 2,
            Error = $"{Random}: nothing is recorded of it in {Expectations}; record what holds now: grokverify expect random.safetensors{Environment.NewLine}",
        });
        Run("expect", Folder, "--out", Expectations).Error.Should().StartWith($"{Folder}: is a folder; give the file of one network");
    }

    [TestCase("", "(1): is no file of expectations")]
    [TestCase("{", "(1): is no file of expectations")]
    [TestCase("null", ": is no file of expectations (it is null)")]
    [TestCase("{\n\"version\": 1 }", "(2): is no file of expectations")]
    [TestCase("{ \"version\": 2, \"networks\": {} }", ": is of version 2, and this program knows 1; use the version of GrokVerify that wrote it")]
    [TestCase("{ \"version\": 1,\n\"networks\": { \"a\": { \"sha256\": \"\", \"claims\": {\n\"b\": { \"verdict\": \"good\", \"rule_sha256\": \"\" } } } } }", "(3): \"good\" is no verdict; give holds, does_not_hold, not_applicable")]
    [TestCase("{ \"version\": 1,\n\"networks\": { \"a\": { \"sha256\": \"\", \"claims\": {\n\"b\": { \"verdict\": \"holds\" } } } } }", "(3): is no file of expectations")]
    [TestCase("{ \"version\": 1, \"networks\": {},\n\"more\": 1 }", "(2): is no file of expectations")]
    public void A_file_that_is_none_of_expectations_is_refused_in_one_line_and_left_alone(string text, string problem)
    {
        File.WriteAllText(Expectations, text);

        foreach (CommandLineResult result in new[] { Run("check", Pizza, "--expect", Expectations), Run("expect", Pizza, "--out", Expectations) })
        {
            result.ExitCode.Should().Be(2);
            result.Error.TrimEnd().Should().StartWith($"{Expectations}{problem}").And.NotContain("\n");
        }

        File.ReadAllText(Expectations).Should().Be(text);
    }

    private JsonObject Recorded(string network) => JsonNode.Parse(File.ReadAllText(Expectations))!["networks"]![network]!.AsObject();

    private JsonArray Checked(string network) => JsonNode.Parse(Run("check", network, "--json").Output)!["claims"]!.AsArray();

    /// <summary>Changes the record of a claim that holds.</summary>
    private void Edit(Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Expectations))!;
        change(json["networks"]!["pizza.safetensors"]!["claims"]!.AsObject().First(claim => claim.Value!["verdict"]!.GetValue<string>() == "holds").Value!);
        File.WriteAllText(Expectations, json.ToJsonString());
    }

    private static void Write(string file, TransformerWeights weights) => SafetensorsWriter.Write(file, LayoutTensors.Of(weights, NetworkLayout.Native), []);
}

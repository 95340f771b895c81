using System.Text.RegularExpressions;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Golden;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tests.Documentation;
using GrokVerify.Tests.Networks;
using YamlDotNet.RepresentationModel;

namespace GrokVerify.Tests.CommandLine;

/// <summary>The card that goes with an exported network. That its Python gives the right answers was tried with PyTorch; here every tensor that it names is in the file.</summary>
[Category("Fast")]
public partial class ModelCardTests : CommandLineTests
{
    private static readonly string Grokked = Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", "mainline-grokked.safetensors");

    [Test]
    public void A_card_tells_what_the_network_is_and_how_it_was_judged()
    {
        string file = In("adder.safetensors");

        CommandLineResult export = Run("export", Grokked, file, "--card");

        export.Should().BeEquivalentTo(new { ExitCode = 0, Error = "", Output = $"exported: {file}\ncard: {In("adder.md")}\n" });
        string card = File.ReadAllText(In("adder.md"));
        card.Should().Contain("# A transformer for (a + b) mod 113")
            .And.Contain("4 heads, width 128, 512 ReLU neurons a layer")
            .And.Contain("| 0.3 of all pairs, chosen by seed 0; the others are its test pairs |")
            .And.Contain("weight decay 1, betas 0.9 and 0.98")
            .And.Contain(NetworkFile.Read(file).Weights.Sha256())
            .And.Contain("It computes with the key frequencies 14, 35, 41, 42, 52.")
            .And.Contain("## What it is not for");
        var page = new MarkdownPage("adder.md", card);
        page.TableRows.Count(cells => cells is [_, "holds", _]).Should().Be(13, "as many claims as check finds to hold");
        ShownCommands.Unknown(page).Should().BeEmpty();
        PageRules.BrokenLinks(page).Should().BeEmpty();
    }

    [Test]
    public void A_card_begins_with_facts_that_a_model_hub_reads()
    {
        Run("export", Grokked, In("adder.pth"), "--card").ExitCode.Should().Be(0);

        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(In("adder.md")).Split("---\n")[1]));
        var tags = (YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode).Children["tags"];

        tags.Children.Select(tag => tag.ToString()).Should().Contain("arxiv:2301.05217");
    }

    [TestCase("native", ".pth")]
    [TestCase("native", ".safetensors")]
    [TestCase("published", ".pth")]
    [TestCase("transformerlens", ".safetensors")]
    public void The_Python_of_a_card_names_the_files_own_tensors(string layout, string ending)
    {
        string file = In("network" + ending);

        Run("export", Train(50).Folder, file, "--layout", layout, "--card").ExitCode.Should().Be(0);

        NamedTensors(In("network.md")).Should().HaveCount(11).And.BeSubsetOf(TensorsOf(file));
    }

    [Test]
    public void Biases_that_only_TransformerLens_has_are_added()
    {
        string file = In("biased.pth");

        Run("export", TorchFiles.Of("transformerlens.pth"), file, "--layout", "transformerlens", "--card").ExitCode.Should().Be(0);

        NamedTensors(In("biased.md")).Should().Contain(["blocks.0.attn.b_Q", "blocks.0.attn.b_O", "unembed.b_U"]).And.BeSubsetOf(TensorsOf(file));
    }

    [Test]
    public void A_card_tells_the_run_that_the_network_is_from()
    {
        TrainingRun run = Train(50);

        Run("export", run.Folder, In("network.pth"), "--card").ExitCode.Should().Be(0);

        File.ReadAllText(In("network.md")).Should().Contain($"| from | run {Path.GetFileName(run.Folder)}, engine exact, ").And.Contain("| epoch | 50 |");
    }

    [Test]
    public void A_card_never_replaces_a_file_and_then_nothing_is_exported()
    {
        File.WriteAllText(In("adder.md"), "precious");

        CommandLineResult refused = Run("export", Grokked, In("adder.pth"), "--card");

        refused.Should().BeEquivalentTo(new { ExitCode = 2, Output = "", Error = $"{In("adder.md")}: is there already; give another name, or delete it\n" });
        File.ReadAllText(In("adder.md")).Should().Be("precious");
        File.Exists(In("adder.pth")).Should().BeFalse();
    }

    private static IEnumerable<string> NamedTensors(string card) =>
        TensorName().Matches(string.Join('\n', new MarkdownPage(card, File.ReadAllText(card)).CodeOf("python"))).Select(match => match.Groups["name"].Value).Distinct();

    private static IEnumerable<string> TensorsOf(string file)
    {
        using var source = ByteSource.Open(file);
        if (file.EndsWith(".pth", StringComparison.Ordinal))
        {
            using var archive = PyTorchFile.Open(source);
            return [.. StateDict.Find(archive, null).All.Select(tensor => tensor.Name)];
        }

        using var safetensors = SafetensorsFile.Open(source);
        return [.. safetensors.Tensors.Keys];
    }

    [GeneratedRegex("""w\["(?<name>[^"]+)"\]""")]
    private static partial Regex TensorName();
}

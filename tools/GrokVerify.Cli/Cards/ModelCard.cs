using System.Globalization;
using System.Text;
using GrokVerify.Analysis;
using GrokVerify.Claims;
using GrokVerify.Cli.Reports;
using GrokVerify.Formats;
using GrokVerify.Judging;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Cards;

/// <summary>A model card in Markdown, as model hubs show it: what the network is, how to load it, what was measured, which claims hold, and what it is not for.</summary>
internal static class ModelCard
{
    private const string Unknown = "not told by its file";

    /// <summary>Where the card of an exported file goes: beside it, with .md for its ending.</summary>
    public static string PathOf(string file) => Path.ChangeExtension(file, ".md");

    /// <param name="network">What was exported.</param>
    /// <param name="measured">The same, evaluated.</param>
    /// <param name="layout">In which names and shapes.</param>
    /// <param name="file">The exported file.</param>
    /// <param name="run">The run that it is from; null where it is from a file.</param>
    /// <exception cref="StorageException">The card could not be written.</exception>
    public static void Write(NetworkFile network, MeasuredNetwork measured, NetworkLayout layout, string file, TrainingRun? run)
    {
        ModelAnalysis analysis = ModelAnalysis.Analyze(measured.Network, measured.Split, network.Facts.Epoch);
        IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(NetworkEvidence.Measure(measured.Network, measured.Split));
        var text = new StringBuilder();
        AppendHead(text, network);
        MarkdownTables.Append(text, Facts(network, layout, file, run));
        AppendLoading(text, network, layout, Path.GetFileName(file));
        MarkdownTables.Append(text, AnalysisTables.Measures(analysis) with { Note = "Losses in nats. " + Keys(analysis) });
        if (AnalysisTables.KeyFrequencies(analysis) is ReportTable keys)
        {
            MarkdownTables.Append(text, keys);
        }

        MarkdownTables.Append(text, ClaimTables.Verdicts(claims) with { Note = "Rules were fixed for networks of the paper's setting; on others a claim that does not hold is a finding." });
        MarkdownTables.Append(text, ClaimTables.Statistics(claims.Select(claim => claim.Result).OfType<ClaimResult>(), isComparable: network.Weights.Config == new TransformerConfig()));
        AppendLimits(text, network.Weights.Config.Prime);
        AtomicFile.Write(PathOf(file), Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void AppendHead(StringBuilder text, NetworkFile network)
    {
        TransformerConfig config = network.Weights.Config;
        string labels = network.Task.LabelRule == LabelRule.Sum ? $"(a + b) mod {config.Prime}" : $"shuffled labels of the pairs modulo {config.Prime}";
        labels += network.Facts.Config?.WrongLabels is double wrong ? string.Create(CultureInfo.InvariantCulture, $", {100 * wrong:0.##}% of the train pairs with a wrong label") : "";
        text.Append("---\ntags:\n- grokking\n- mechanistic-interpretability\n- modular-arithmetic\n- arxiv:2301.05217\n---\n\n")
            .Append(CultureInfo.InvariantCulture, $"# A transformer for {labels}\n\n")
            .Append(CultureInfo.InvariantCulture, $"A network of {config.Layers} {(config.Layers == 1 ? "layer" : "layers")} that reads the tokens a, b and \"=\" and answers with a number below {config.Prime}. ")
            .Append("The setting is that of [Progress measures for grokking via mechanistic interpretability](https://arxiv.org/abs/2301.05217) (Nanda, Chan, Lieberum, Smith, Steinhardt, 2023). ")
            .Append("This card was written by GrokVerify from the weights themselves.\n\n");
    }

    private static ReportTable Facts(NetworkFile network, NetworkLayout layout, string file, TrainingRun? run)
    {
        TransformerConfig config = network.Weights.Config;
        NetworkFacts facts = network.Facts;
        static string Of(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? Unknown;
        List<string[]> rows =
        [
            ["file", $"{Path.GetFileName(file)}, {LayoutShapes.Words(layout)}"],
            ["architecture", $"{config.Layers} {(config.Layers == 1 ? "layer" : "layers")}, {config.Heads} heads, width {config.DModel}, {(config.AttentionOnly ? "no MLP" : $"{config.DMlp} ReLU neurons a layer")}, no LayerNorm, {NumberFormat.Count(network.Weights.Values.Length)} parameters"],
            ["epoch", facts.Epoch is long epoch ? NumberFormat.Count(epoch) : Unknown],
            ["trained on", TrainPairs(facts)],
            ["optimizer", facts.Config is null && facts.WeightDecay is null ? Unknown : $"AdamW, full batch, learning rate {Of(facts.LearningRate)}, weight decay {Of(facts.WeightDecay)}, betas {Of(facts.Beta1)} and {Of(facts.Beta2)}"],
            ["SHA-256 of the weights", network.Weights.Sha256()],
        ];
        if (run is not null)
        {
            string commit = run.Provenance.GitCommit is null ? "" : $", commit {run.Provenance.GitCommit}{(run.Provenance.GitDirty == true ? " with local changes" : "")}";
            rows.Add(["from", $"run {Path.GetFileName(run.Folder)}, engine {run.Identity.Engine}, {run.Provenance.Runtime}{commit}"]);
        }

        return new ReportTable("The network", [ReportColumn.Text("what"), ReportColumn.Text("value")], rows);

        static string TrainPairs(NetworkFacts facts) => facts is { TrainFraction: double fraction, Seed: long seed }
            ? $"{Of(fraction)} of all pairs, chosen by seed {seed.ToString(CultureInfo.InvariantCulture)}; the others are its test pairs"
            : Unknown;
    }

    private static void AppendLoading(StringBuilder text, NetworkFile network, NetworkLayout layout, string file)
    {
        text.Append("## How to load it\n\nPyTorch alone").Append(file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? ", and the package safetensors" : "").Append(":\n\n```python\n")
            .Append(LoadingSnippet.Of(network, layout, file)).Append("\n```\n\n");
        if (layout == NetworkLayout.TransformerLens)
        {
            text.Append("The names and shapes are those of TransformerLens' `HookedTransformer` without normalization: `load_state_dict` takes them.\n\n");
        }

        text.Append("GrokVerify measures it and judges the claims below again:\n\n```\n")
            .Append(CultureInfo.InvariantCulture, $"dotnet tool install --global GrokVerify.Tool\ngrokverify check {file}\n```\n\n");
    }

    private static string Keys(ModelAnalysis analysis) => analysis.KeyFrequencies is { Count: > 0 } keys
        ? $"It computes with the key frequencies {string.Join(", ", keys)}."
        : "It has no key frequencies.";

    private static void AppendLimits(StringBuilder text, int prime) =>
        text.Append("## What it is not for\n\n")
            .Append(CultureInfo.InvariantCulture, $"It knows {prime} numbers and one question. It is an object of study: small enough to be understood whole, and no language model. ")
            .Append("What holds of it need not hold of networks of another task, size or training. Claims about training, which one network cannot answer, are listed as not applicable.\n");
}

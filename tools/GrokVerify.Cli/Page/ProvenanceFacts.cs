using System.Globalization;
using GrokVerify.Judging;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Page;

/// <summary>What a network was made with, as far as it is known.</summary>
internal static class ProvenanceFacts
{
    /// <param name="run">The run.</param>
    /// <param name="sha256">Of the last network's weights.</param>
    /// <param name="epoch">The last network's.</param>
    public static IEnumerable<(string Name, string? Value)> Of(TrainingRun run, string sha256, long epoch)
    {
        Provenance made = run.Provenance;
        TimeSpan trained = TimeSpan.FromTicks(run.Sessions.Sum(session => session.EndedUtc is { } end ? (end - session.StartedUtc).Ticks : 0));
        return
        [
            ("Task", $"{RunReport.Title(run.Config)}; {run.Config.LabelRule switch { Tasks.LabelRule.Sum => "true labels", _ => "shuffled labels" }}{(run.Config.WrongLabels is double wrong ? FormattableString.Invariant($", {100 * wrong:0.##}% of the train pairs with a wrong one") : "")}"),
            ("Shape", Shape(run.Config.Model)),
            ("Trained", $"{NumberFormat.Count(run.Rows[^1].Epoch)} epochs in {NumberFormat.Duration(trained)}, in {run.Sessions.Count} {(run.Sessions.Count == 1 ? "session" : "sessions")}"),
            ("Weights (SHA-256)", $"{sha256}, at epoch {NumberFormat.Count(epoch)}"),
            ("Run", Path.GetFileName(run.Folder)),
            ("Engine", run.Identity.Engine),
            ("Libraries", string.Join(", ", run.Identity.Libraries.Select(pair => $"{pair.Key} {pair.Value}"))),
            ("Commit", made.GitCommit is null ? "unknown" : $"{made.GitCommit}{(made.GitDirty == true ? ", with local changes" : "")}"),
            ("Processor", $"{made.CpuModel ?? made.Architecture}, {made.LogicalCores} cores{(made.Threads is int threads ? $", {threads} used" : "")}"),
            ("Instruction sets", string.Join(", ", made.InstructionSets)),
            ("System", $"{made.OperatingSystem}, {made.Runtime}"),
            ("Damaged or repaired", string.Join("; ", run.Warnings)),
        ];
    }

    /// <param name="measured">A network that was read from a file.</param>
    public static IEnumerable<(string Name, string? Value)> Of(MeasuredNetwork measured)
    {
        NetworkFile file = measured.File;
        NetworkFacts facts = file.Facts;
        static string? Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture);
        return
        [
            ("File", Path.GetFileName(Path.TrimEndingDirectorySeparator(file.Path))),
            ("Layout", file.Layout.ToString().ToLowerInvariant()),
            ("Weights (SHA-256)", file.Weights.Sha256()),
            ("Shape", Shape(file.Weights.Config)),
            ("Epoch", facts.Epoch is long epoch ? NumberFormat.Count(epoch) : null),
            ("Split", measured.Split is { } split ? string.Create(CultureInfo.InvariantCulture, $"{split.TrainFraction:0.##%} of the pairs{(split.Seed is long seed ? $", seed {seed} ({split.Shuffle?.Word()})" : "")}") : null),
            ("Weight decay", Number(facts.WeightDecay)),
            ("Learning rate", Number(facts.LearningRate)),
            ("Warnings", measured.Warnings.Count == 0 ? null : string.Join("; ", measured.Warnings)),
            ("Losses recorded in the file", facts.TrainLoss is null && facts.TestLoss is null ? null : $"train {Number(facts.TrainLoss) ?? "–"}, test {Number(facts.TestLoss) ?? "–"}"),
        ];
    }

    private static string Shape(TransformerConfig network) => string.Create(
        CultureInfo.InvariantCulture,
        $"p = {network.Prime}, {network.Layers} {(network.Layers == 1 ? "layer" : "layers")}, d_model {network.DModel}, {network.Heads} heads, {(network.AttentionOnly ? "no MLP" : $"d_mlp {network.DMlp}")}");
}

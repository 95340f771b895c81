using System.Globalization;
using System.Text;
using GrokVerify.Cli.Plots;
using GrokVerify.Cli.Reports;
using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Reproduction;

/// <summary>summary.md: the tables and the plots of a reproduction, and what it was made with.</summary>
internal static class SummaryFile
{
    public const string Name = "summary.md";

    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(ReproductionResult reproduction, IReadOnlyList<ReportTable> tables, IReadOnlyList<PlotFile> plots, string folder)
    {
        var text = new StringBuilder("# Reproduction of arXiv 2301.05217\n\n");
        AppendRun(text, reproduction.Run);
        foreach (ReportTable table in tables)
        {
            MarkdownTables.Append(text, table);
        }

        text.Append("## Plots\n\n");
        foreach (PlotFile plot in plots)
        {
            text.Append(CultureInfo.InvariantCulture, $"![{plot.Title}]({plot.Name})\n\n");
        }

        text.Append("## Data\n\nLosses are in nats. Every number and curve above is in the CSV files of this folder, with all its digits.\n");
        AtomicFile.Write(Path.Combine(folder, Name), Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Architecture(TransformerConfig network) =>
        (network.Layers == 1 ? "" : $"{network.Layers} layers, ") + (network.AttentionOnly ? "attention alone, " : "");

    private static void AppendRun(StringBuilder text, TrainingRun run)
    {
        TrainingConfig config = run.Config;
        Provenance provenance = run.Provenance;
        string commit = provenance.GitCommit is null ? "" : $", commit {provenance.GitCommit}{(provenance.GitDirty == true ? " with local changes" : "")}";
        string threads = provenance.Threads is int count ? $"{count} {(count == 1 ? "thread" : "threads")}, " : "";
        TimeSpan trained = TimeSpan.FromTicks(run.Sessions.Sum(session => session.EndedUtc is { } end ? (end - session.StartedUtc).Ticks : 0));
        text.Append(CultureInfo.InvariantCulture, $"(a + b) mod {config.Model.Prime}, {config.TrainFraction} of the pairs, weight decay {config.WeightDecay}, seed {config.Seed}, {Architecture(config.Model)}")
            .Append(CultureInfo.InvariantCulture, $"{NumberFormat.Count(run.Rows[^1].Epoch)} epochs in {NumberFormat.Duration(trained)} on the engine {run.Identity.Engine}")
            .Append(CultureInfo.InvariantCulture, $" ({provenance.CpuModel ?? provenance.Architecture}, {threads}{provenance.Runtime}{commit}).\n\n")
            .Append(CultureInfo.InvariantCulture, $"Run: `{Path.GetFileName(run.Folder)}`\n\n");
    }
}

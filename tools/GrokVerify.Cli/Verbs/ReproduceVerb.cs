using System.CommandLine;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Page;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>reproduce: trains the paper's network until it groks, and shows why.</summary>
internal static class ReproduceVerb
{
    private static readonly TrainingSchedule Defaults = new() { LogEvery = 25, CheckpointEvery = 250 };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "reproduce",
            """
            Trains the paper's network until it has grokked and cleaned up, or reuses its run; measures every checkpoint, ablates the last
            network, judges the claims, and prints what was found beside what the paper published. Writes tables, CSV and plots to a folder.

            Ctrl-C leaves a run that the same command resumes. A claim that does not hold is a finding, not a failure: the exit code is 0.
            """);
        var training = new TrainingOptions(command, Defaults);
        var engine = new EngineOptions(command);
        Option<string?> output = OptionFactory.Path("--out", "Folder of the report [default: artifacts/reproduce of the repository]");
        Option<string?> store = OptionFactory.Path("--runs", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(output);
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            TrainingConfig config = training.Config(parsed);
            TrainingSchedule schedule = training.Schedule(parsed, untilGrokked: true);
            EngineChoice choice = engine.Choice(parsed, config.Model);
            string folder = Path.GetFullPath(parsed.GetValue(output) ?? ArtifactPaths.Artifacts("reproduce"));
            ArtifactPaths.RequireWritable(folder, output.Name);
            TrainingRun run = StoredTraining.Run(context, ArtifactPaths.Runs(parsed.GetValue(store), context.Variable), store.Name, config, schedule, choice);
            var reproduction = ReproductionResult.Of(run, MeasuredRun.Of(run, context));
            Report(context, reproduction, folder);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Report(CommandContext context, ReproductionResult reproduction, string folder)
    {
        IReadOnlyList<ReportTable> tables = ReproductionTables.All(reproduction);
        foreach (ReportTable table in tables)
        {
            ConsoleTables.Show(context.Console, table);
        }

        Directory.CreateDirectory(folder);
        ReproductionData.Write(reproduction, folder);
        string file = Path.Combine(folder, ReportPage.Name);
        ReportPage.Write(ReportVerb.Of(context, reproduction, claims: null), file);
        int holding = reproduction.Judged.Count(result => result.Verdict == Verdict.Holds);
        context.Console.WriteLine();
        context.Console.WriteLine($"{holding} of {reproduction.Judged.Count} claims hold");
        context.Console.WriteLine($"report: {file}");
        context.Console.WriteLine($"run: {reproduction.Run.Folder}");
    }
}

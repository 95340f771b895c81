using System.CommandLine;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Judging;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>search: which architectures generalize, by which frequencies.</summary>
internal static class SearchVerb
{
    private const string TableName = "architecture-search.csv";

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "search",
            $"""
            Trains networks of other architectures, attention alone and two layers: {ArchitectureBudget.Trials.Count} trials of a written budget, each a run of the store. Writes a table of what came of each.

            After Ctrl-C the same command goes on with the runs. One layer ends in the same bits everywhere, two layers do not.
            """);
        var only = new Option<string?>("--only") { Description = "Takes the trials whose names begin so, e.g. attention-only-p31", HelpName = "name" };
        command.Options.Add(only);
        Option<bool> list = OptionFactory.Switch("--list", "Prints the names of the trials and trains nothing");
        command.Options.Add(list);
        var threads = new ThreadsOption(command);
        Option<string?> folder = OptionFactory.Path("--out", $"Where {TableName} goes [default: artifacts of the repository]");
        command.Options.Add(folder);
        Option<string?> store = OptionFactory.Path("--runs", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            PlannedRun[] trials = Chosen(parsed.GetValue(only));
            if (parsed.GetValue(list))
            {
                foreach (PlannedRun trial in trials)
                {
                    context.Output.WriteLine(trial.Name);
                }

                return ExitCode.Done;
            }

            int atOnce = threads.Value(parsed);
            string path = Path.Combine(Path.GetFullPath(parsed.GetValue(folder) ?? ArtifactPaths.Artifacts("")), TableName);
            string runs = ArtifactPaths.Runs(parsed.GetValue(store), context.Variable);
            ArtifactPaths.RequireWritable(Path.GetDirectoryName(path)!, folder.Name);
            ArtifactPaths.RequireWritable(runs, store.Name);
            TrialOutcome[] outcomes = TrialTraining.Run(context, "searching", trials, runs, atOnce, TrialOutcome.Measure);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            SearchTables.Write(path, outcomes);
            ConsoleTables.Show(context.Console, SearchTables.Outcomes(outcomes));
            context.Console.WriteLine($"table: {path}");
            return ExitCode.Done;
        });
        return command;
    }

    private static PlannedRun[] Chosen(string? beginning)
    {
        PlannedRun[] chosen = [.. ArchitectureBudget.Trials.Where(trial => beginning is null || trial.Name.StartsWith(beginning, StringComparison.Ordinal))];
        return chosen.Length > 0 ? chosen : throw new UsageException($"--only {beginning}: no trial has a name that begins so; --list prints them");
    }
}

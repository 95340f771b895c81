using System.CommandLine;
using System.Globalization;
using GrokVerify.Architectures;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Exact;
using Spectre.Console;
using TorchSharp;

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
            Trains networks of other architectures, attention alone and two layers, over a written budget of {ArchitectureBudget.Trials.Count} trials, and writes a table of what came of each.

            Trials that the table has are not trained again: after Ctrl-C the same command goes on with those that it lacks. One layer ends in the same bits everywhere, two layers do not.
            """);
        var only = new Option<string?>("--only") { Description = "Trains the trials whose names begin so, e.g. attention-only-p31", HelpName = "name" };
        command.Options.Add(only);
        Option<bool> list = OptionFactory.Switch("--list", "Prints the names of the trials and trains nothing");
        command.Options.Add(list);
        var threads = new ThreadsOption(command);
        Option<string?> folder = OptionFactory.Path("--out", $"Where {TableName} is kept [default: artifacts of the repository]");
        command.Options.Add(folder);
        command.SetAction(parsed =>
        {
            ArchitectureTrial[] trials = Chosen(parsed.GetValue(only));
            if (parsed.GetValue(list))
            {
                foreach (ArchitectureTrial trial in trials)
                {
                    context.Output.WriteLine(trial.Name);
                }

                return ExitCode.Done;
            }

            int sideBySide = threads.Value(parsed);
            string place = Path.GetFullPath(parsed.GetValue(folder) ?? ArtifactPaths.Artifacts(""));
            ArtifactPaths.RequireWritable(place);
            Run(context, trials, Path.Combine(place, TableName), sideBySide);
            return ExitCode.Done;
        });
        return command;
    }

    private static ArchitectureTrial[] Chosen(string? beginning)
    {
        ArchitectureTrial[] chosen = [.. ArchitectureBudget.Trials.Where(trial => beginning is null || trial.Name.StartsWith(beginning, StringComparison.Ordinal))];
        return chosen.Length > 0 ? chosen : throw new UsageException($"--only {beginning}: no trial has a name that begins so; --list prints them");
    }

    private static void Run(CommandContext context, ArchitectureTrial[] trials, string path, int sideBySide)
    {
        if (trials.Any(trial => trial.Architecture is Architecture.TwoLayers or Architecture.TwoLayersAttentionOnly))
        {
            EngineFactories.RequireLibTorch(context);
            torch.set_num_threads(1);
        }

        var search = new ArchitectureSearch(ArchitectureBudget.Trials, path, new ExactEngineFactory(1));
        HashSet<string> names = [.. trials.Select(trial => trial.Name)];
        int Done() => search.Outcomes.Count(outcome => names.Contains(outcome.Trial.Name));
        ProgressDisplay.Run(context.Console, $"searching: {trials.Length} trials, {Done()} of them done", display =>
        {
            var progress = new SynchronousProgress<TrialOutcome>(outcome => display.Show((double)Done() / trials.Length, Line(outcome, Done(), trials.Length)));
            try
            {
                search.Run(trials, sideBySide, progress, context.Interruption);
            }
            catch (OperationCanceledException interruption)
            {
                throw new InterruptedRunException($"interrupted: {Done()} of {trials.Length} trials are done; repeat the command to go on (table: {path})", interruption);
            }

            return path;
        });
        ConsoleTables.Show(context.Console, SearchTables.Outcomes(search.Outcomes.Where(outcome => names.Contains(outcome.Trial.Name))));
        context.Console.WriteLine($"table: {path}");
    }

    private static string Line(TrialOutcome outcome, int done, int all) => string.Create(
        CultureInfo.InvariantCulture,
        $"{done} of {all}  {outcome.Trial.Name}: {(outcome.Generalized is long epoch ? $"generalized at epoch {NumberFormat.Count(epoch)}" : $"test accuracy at most {NumberFormat.Share(outcome.BestTestAccuracy)} in {NumberFormat.Count(outcome.Epoch)} epochs")}");
}

using System.CommandLine;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>search: which architectures generalize, by which frequencies.</summary>
internal static class SearchVerb
{
    private const string TableName = "architecture-search.csv";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

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
            TrialOutcome[] outcomes = Search(context, trials, runs, atOnce);
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

    /// <returns>In the order of the trials.</returns>
    private static TrialOutcome[] Search(CommandContext context, PlannedRun[] trials, string folder, int atOnce)
    {
        var store = new RunStore(folder, new RunTrainer { Threads = 1, Warnings = new SynchronousProgress<string>(context.Warn) });
        return ProgressDisplay.Run(context.Console, $"searching: {trials.Length} trials", display =>
        {
            try
            {
                // One engine trains one layer, another trains several.
                var outcomes = new Dictionary<string, TrialOutcome>();
                foreach (IGrouping<EngineKind, PlannedRun> group in trials.GroupBy(trial => trial.Config.Model.Layers == 1 ? EngineKind.Exact : EngineKind.Torch))
                {
                    PlannedRun[] alike = [.. group];
                    ITrainingEngineFactory factory = EngineFactories.Create(new EngineChoice(group.Key, TrainingDevice.Cpu, Threads: 1), context);
                    using var phases = new LivePhases(store, factory, BetweenLooks);
                    var sweep = new RunSweep(store, factory) { AtOnce = atOnce, Progress = new Lines(display, alike, phases) };
                    foreach ((PlannedRun trial, TrainingRun run) in alike.Zip(sweep.Train([.. alike.Select(trial => trial.Request)], context.Interruption)))
                    {
                        display.Show((double)outcomes.Count / trials.Length, $"measuring {trial.Name}, {outcomes.Count} of {trials.Length} measured");
                        outcomes.Add(trial.Name, TrialOutcome.Measure(trial, run));
                    }
                }

                return (TrialOutcome[])[.. trials.Select(trial => outcomes[trial.Name])];
            }
            catch (OperationCanceledException interruption)
            {
                throw new InterruptedRunException($"interrupted, the runs are saved; repeat the command to resume (runs: {folder})", interruption);
            }
        });
    }

    /// <summary>Tells of the run that logged last; the share that is done is that of the runs that have begun.</summary>
    private sealed class Lines(ProgressDisplay display, PlannedRun[] trials, LivePhases phases) : IProgress<(RunRequest Run, TrainingProgress Progress)>
    {
        private readonly Dictionary<RunRequest, string> _names = trials.ToDictionary(trial => trial.Request, trial => trial.Name);
        private readonly HashSet<RunRequest> _begun = [];
        private readonly Lock _gate = new();

        public void Report((RunRequest Run, TrainingProgress Progress) value)
        {
            string line = TrainingLine.Of(value.Progress, value.Run.Schedule.UntilGrokked, phases.Now(value.Run));
            lock (_gate)
            {
                _begun.Add(value.Run);
                display.Show((double)_begun.Count / (trials.Length + 1), $"{_begun.Count} of {trials.Length} begun  {_names[value.Run]}: {line}");
            }
        }
    }
}

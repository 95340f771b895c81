using GrokVerify.Cli.Options;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Running;

/// <summary>Trains a list of planned runs side by side, with one thread each, and measures each; Ctrl-C leaves runs that the same call goes on with.</summary>
internal static class TrialTraining
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <param name="context">Where progress is shown.</param>
    /// <param name="title">What it is for, before the number of trials.</param>
    /// <param name="trials">What to train; names tell them apart.</param>
    /// <param name="folder">The store.</param>
    /// <param name="atOnce">Runs at the same time.</param>
    /// <param name="measure">Reads what came of a run.</param>
    /// <returns>In the order of the trials.</returns>
    public static TOutcome[] Run<TOutcome>(CommandContext context, string title, IReadOnlyList<PlannedRun> trials, string folder, int atOnce, Func<PlannedRun, TrainingRun, TOutcome> measure)
    {
        var store = new RunStore(folder, new RunTrainer { Threads = 1, Warnings = new SynchronousProgress<string>(context.Warn) });
        return ProgressDisplay.Run(context.Console, $"{title}: {trials.Count} trials", display =>
        {
            try
            {
                // One engine trains one layer, another trains several.
                var outcomes = new Dictionary<string, TOutcome>();
                foreach (IGrouping<EngineKind, PlannedRun> group in trials.GroupBy(trial => trial.Config.Model.Layers == 1 ? EngineKind.Exact : EngineKind.Torch))
                {
                    PlannedRun[] alike = [.. group];
                    ITrainingEngineFactory factory = EngineFactories.Create(new EngineChoice(group.Key, TrainingDevice.Cpu, Threads: 1), context);
                    using var phases = new LivePhases(store, factory, BetweenLooks);
                    var sweep = new RunSweep(store, factory) { AtOnce = atOnce, Progress = new Lines(display, alike, phases) };
                    foreach ((PlannedRun trial, TrainingRun run) in alike.Zip(sweep.Train([.. alike.Select(trial => trial.Request)], context.Interruption)))
                    {
                        display.Show((double)outcomes.Count / trials.Count, $"measuring {trial.Name}, {outcomes.Count} of {trials.Count} measured");
                        outcomes.Add(trial.Name, measure(trial, run));
                    }
                }

                return (TOutcome[])[.. trials.Select(trial => outcomes[trial.Name])];
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
        private readonly Dictionary<RunRequest, string> _names = trials.SelectMany(trial => trial.Before.Prepend(trial)).DistinctBy(trial => trial.Request).ToDictionary(trial => trial.Request, trial => trial.Name);
        private readonly HashSet<RunRequest> _begun = [];
        private readonly Lock _gate = new();

        public void Report((RunRequest Run, TrainingProgress Progress) value)
        {
            string line = TrainingLine.Of(value.Progress, value.Run.Schedule.UntilGrokked, phases.Now(value.Run));
            lock (_gate)
            {
                _begun.Add(value.Run);
                display.Show((double)_begun.Count / (_names.Count + 1), $"{_begun.Count} of {_names.Count} begun  {_names[value.Run]}: {line}");
            }
        }
    }
}

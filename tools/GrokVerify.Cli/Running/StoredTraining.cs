using System.Globalization;
using GrokVerify.Cli.Options;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Running;

/// <summary>Brings a run of the store to the end of its schedule while showing how it goes.</summary>
internal static class StoredTraining
{
    /// <param name="context">Shows how it goes.</param>
    /// <param name="storeFolder">The store.</param>
    /// <param name="storeOption">The option that names it.</param>
    /// <param name="config">What to train.</param>
    /// <param name="schedule">How far.</param>
    /// <param name="engine">What trains it.</param>
    /// <param name="start">An imported network to start from; null for initial weights.</param>
    /// <exception cref="UsageException">The schedule ends before the network to start from, or the machine is too small.</exception>
    /// <exception cref="InterruptedRunException">The user ended it; says how to go on.</exception>
    /// <inheritdoc cref="RunTrainer.Train(string, TrainingConfig, TrainingSchedule, ITrainingEngineFactory, TrainingState?, IProgress{TrainingProgress}?, CancellationToken)" path="/exception"/>
    public static TrainingRun Run(
        CommandContext context,
        string storeFolder,
        string storeOption,
        TrainingConfig config,
        TrainingSchedule schedule,
        EngineChoice engine,
        TrainingState? start = null)
    {
        if (start?.Epoch > schedule.Epochs)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--epochs {schedule.Epochs}: the network has {start.Epoch} epochs already; give a larger number"));
        }

        TrainingMemory.Require(config, engine, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        ITrainingEngineFactory factory = EngineFactories.Create(engine, context);
        if (FinishedRun.Open(new RunStore(storeFolder).FolderOf(config, schedule, factory, start), RunIdentity.Of(config, schedule, factory, start), schedule) is TrainingRun finished)
        {
            return finished;
        }

        ArtifactPaths.RequireWritable(storeFolder, storeOption);
        return ProgressDisplay.Run(context.Console, Beginning(config, schedule, factory, start), display =>
        {
            var store = new RunStore(storeFolder, new RunTrainer
            {
                Threads = engine.Threads,
                Warnings = new SynchronousProgress<string>(warning =>
                {
                    if (!display.TryWriteAbove($"warning: {warning}"))
                    {
                        context.Warn(warning);
                    }
                }),
            });
            try
            {
                using var phase = new LivePhase(store.FolderOf(config, schedule, factory, start), betweenLooks: TimeSpan.Zero);
                var progress = new SynchronousProgress<TrainingProgress>(
                    now => display.Show((double)now.Latest.Epoch / Math.Max(now.LastEpoch, 1), TrainingLine.Of(now, schedule.UntilGrokked, phase.Now())));
                return store.GetOrTrain(config, schedule, factory, start, progress, context.Interruption);
            }
            catch (OperationCanceledException interruption)
            {
                throw new InterruptedRunException(HowToGoOn(store.FolderOf(config, schedule, factory, start)), interruption);
            }
        });
    }

    private static string Beginning(TrainingConfig config, TrainingSchedule schedule, ITrainingEngineFactory factory, TrainingState? start) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TrainingLine.Name(config)}, {factory.EngineName}: {(start is null ? "" : $"from epoch {NumberFormat.Count(start.Epoch)}, ")}{NumberFormat.Count(schedule.Epochs)} epochs{(schedule.UntilGrokked ? " at most, until grokked" : "")}");

    private static string HowToGoOn(string folder)
    {
        TrainingRun run;
        try
        {
            run = TrainingRun.Open(folder);
        }
        catch (RunFormatException)
        {
            return "interrupted before the first epoch; nothing is lost, repeat the command to start";
        }

        return run.Status == RunStatus.Running ? $"interrupted while another process trains this run, which goes on; repeat the command to wait for it (run: {folder})"
            : run.CheckpointEpochs.Count == 0
            ? $"interrupted before the first checkpoint; repeat the command to start again (run: {folder})"
            : $"interrupted, saved at epoch {NumberFormat.Count(run.CheckpointEpochs[^1])}; repeat the command to resume (run: {folder})";
    }
}

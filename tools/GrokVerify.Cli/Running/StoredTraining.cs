using System.Globalization;
using GrokVerify.Cli.Options;
using GrokVerify.Runs;
using GrokVerify.Training;

namespace GrokVerify.Cli.Running;

/// <summary>Brings a run of the store to the end of its schedule while showing how it goes.</summary>
internal static class StoredTraining
{
    /// <exception cref="UsageException">The schedule ends before the network to start from.</exception>
    /// <exception cref="InterruptedRunException">The user ended it; says how to go on.</exception>
    /// <inheritdoc cref="RunTrainer.Train(string, TrainingConfig, TrainingSchedule, ITrainingEngineFactory, TrainingState?, IProgress{TrainingProgress}?, CancellationToken)" path="/exception"/>
    public static TrainingRun Run(
        CommandLineSurroundings surroundings,
        string storeFolder,
        TrainingConfig config,
        TrainingSchedule schedule,
        EngineChoice engine,
        TrainingState? start = null)
    {
        if (start?.Epoch > schedule.Epochs)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--epochs {schedule.Epochs}: the network has {start.Epoch} epochs already; give a larger number"));
        }

        Places.RequireWritable(storeFolder);
        ITrainingEngineFactory factory = EngineFactories.Create(engine, surroundings);
        return ProgressDisplay.Run(surroundings.Console, Beginning(config, schedule, factory, start), display =>
        {
            var store = new RunStore(storeFolder, new RunTrainer
            {
                RepositoryFolder = Places.Repository(),
                Threads = engine.Threads,
                Warnings = new Receiver<string>(warning =>
                {
                    if (!display.TryWriteAbove($"warning: {warning}"))
                    {
                        surroundings.Warn(warning);
                    }
                }),
            });
            try
            {
                var progress = new Receiver<TrainingProgress>(now => display.Show((double)now.Latest.Epoch / Math.Max(now.LastEpoch, 1), Line(now, schedule)));
                return store.GetOrTrain(config, schedule, factory, start, progress, surroundings.Interruption);
            }
            catch (OperationCanceledException interruption)
            {
                throw new InterruptedRunException(HowToGoOn(store.FolderOf(config, schedule, factory, start)), interruption);
            }
        });
    }

    private static string Beginning(TrainingConfig config, TrainingSchedule schedule, ITrainingEngineFactory factory, TrainingState? start) => string.Create(
        CultureInfo.InvariantCulture,
        $"p = {config.Model.Prime}, fraction {config.TrainFraction}, weight decay {config.WeightDecay}, seed {config.Seed}, {factory.EngineName}: {(start is null ? "" : $"from epoch {Quantities.Count(start.Epoch)}, ")}{Quantities.Count(schedule.Epochs)} epochs{(schedule.UntilGrokked ? " at most, until grokked" : "")}");

    private static string Line(TrainingProgress now, TrainingSchedule schedule)
    {
        MetricsRow row = now.Latest;
        string losses = $"epoch {Quantities.Count(row.Epoch)}  loss train {Quantities.Loss(row.TrainLoss)} test {Quantities.Loss(row.TestLoss)}  accuracy {row.TestAccuracy.ToString("0.000", CultureInfo.InvariantCulture)}";
        return now.Remaining is not TimeSpan remaining
            ? losses
            : $"{losses}  {Quantities.Rate(now.EpochsPerSecond)}/s  {(schedule.UntilGrokked ? "<" : "")}{Quantities.Duration(remaining)} left";
    }

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

        return run.CheckpointEpochs.Count == 0
            ? $"interrupted before the first checkpoint; repeat the command to start again (run: {folder})"
            : $"interrupted, saved at epoch {Quantities.Count(run.CheckpointEpochs[^1])}; repeat the command to resume (run: {folder})";
    }
}

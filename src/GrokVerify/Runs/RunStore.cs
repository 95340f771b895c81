using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>
/// A folder of runs, each under a name that ends in the hash of what decides it (<see cref="RunIdentity"/>): whoever asks for the
/// same training again gets the run that is there.
/// </summary>
public sealed class RunStore
{
    private readonly RunTrainer _trainer;

    /// <param name="folder">Where the runs are kept; made when the first one is trained.</param>
    /// <param name="trainer">Trains them; null for one with default options.</param>
    public RunStore(string folder, RunTrainer? trainer = null)
    {
        Folder = Path.GetFullPath(folder);
        _trainer = trainer ?? new RunTrainer();
    }

    public string Folder { get; }

    /// <summary>The run of this configuration from initial weights, brought to the end of the schedule.</summary>
    /// <inheritdoc cref="GetOrTrain(TrainingConfig, TrainingSchedule, ITrainingEngineFactory, TrainingState?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public TrainingRun GetOrTrain(
        TrainingConfig config,
        TrainingSchedule schedule,
        ITrainingEngineFactory factory,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default) => GetOrTrain(config, schedule, factory, null, progress, cancellation);

    /// <summary>
    /// The run of this configuration, brought to the end of the schedule: trained, resumed, continued or reused as it stands.
    /// Two callers that want the same run, in whatever processes: one trains, the other waits for it.
    /// </summary>
    /// <param name="config">What to train.</param>
    /// <param name="schedule">How far, logged and kept how densely.</param>
    /// <param name="factory">Makes the engine; not asked for one when nothing is left to train.</param>
    /// <param name="start">An imported network to start from, with moments; null for initial weights.</param>
    /// <param name="progress">Told each logged row.</param>
    /// <param name="cancellation">Ends waiting, or training after the step in hand.</param>
    /// <returns>The finished run; it may reach further than was asked for.</returns>
    /// <inheritdoc cref="RunTrainer.Train(string, TrainingConfig, TrainingSchedule, ITrainingEngineFactory, TrainingState?, IProgress{TrainingProgress}?, CancellationToken)" path="/exception"/>
    public TrainingRun GetOrTrain(
        TrainingConfig config,
        TrainingSchedule schedule,
        ITrainingEngineFactory factory,
        TrainingState? start,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation) => _trainer.Train(FolderOf(config, schedule, factory, start), config, schedule, factory, start, progress, cancellation);

    /// <summary>Where the run of this configuration is, or would be.</summary>
    public string FolderOf(TrainingConfig config, TrainingSchedule schedule, ITrainingEngineFactory factory, TrainingState? start = null) =>
        Path.Combine(Folder, RunIdentity.Of(config, schedule, factory, start).FolderName);

    /// <summary>All runs, by name. Folders that are not runs are passed over; malformed runs too, told to the trainer's warnings.</summary>
    public IEnumerable<TrainingRun> List()
    {
        if (!Directory.Exists(Folder))
        {
            yield break;
        }

        foreach (string folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(folder, RunManifest.Name)))
            {
                continue;
            }

            TrainingRun? run = null;
            try
            {
                run = TrainingRun.Open(folder);
            }
            catch (RunFormatException exception)
            {
                _trainer.Warnings?.Report(exception.Message);
            }

            if (run is not null)
            {
                yield return run;
            }
        }
    }
}

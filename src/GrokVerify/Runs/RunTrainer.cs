using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>
/// Trains a run in its folder: starts it, resumes it after an interruption, continues it when more epochs are asked for, and leaves
/// it alone when it already has what is asked for.
/// </summary>
/// <remarks>
/// A process may be killed at any moment. Files are replaced whole or not at all, the two newest scheduled checkpoints hold optimiser
/// state, and what lies past the checkpoint resumed from is taken away: the resumed run has the rows and files of an uninterrupted one.
/// </remarks>
public sealed class RunTrainer
{
    /// <summary>Threads given to training, for the provenance; null where it chooses by itself.</summary>
    public int? Threads { get; init; }

    /// <summary>Told at once of damaged files that are skipped, and of waiting for another process; the run's own list has the former too.</summary>
    public IProgress<string>? Warnings { get; init; }

    /// <summary>Time between two looks at a run that another process is training.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Brings the run in <paramref name="folder"/>, from initial weights, to the end of the schedule.</summary>
    /// <inheritdoc cref="Train(string, TrainingConfig, TrainingSchedule, ITrainingEngineFactory, TrainingState?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public TrainingRun Train(
        string folder,
        TrainingConfig config,
        TrainingSchedule schedule,
        ITrainingEngineFactory factory,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default) => Train(folder, config, schedule, factory, null, progress, cancellation);

    /// <summary>Brings the run in <paramref name="folder"/> to the end of the schedule.</summary>
    /// <param name="folder">The run folder; made when absent.</param>
    /// <param name="config">Has to be that of the run, if the folder holds one.</param>
    /// <param name="schedule">How far, logged and kept how densely.</param>
    /// <param name="factory">Makes the engine; not asked for one when nothing is left to train.</param>
    /// <param name="start">An imported network to start from, with moments; null for initial weights. Its epoch is logged and kept as the first one.</param>
    /// <param name="progress">Told each logged row.</param>
    /// <param name="cancellation">Ends waiting, or training after the step in hand.</param>
    /// <returns>The finished run; it may reach further than was asked for.</returns>
    /// <exception cref="ArgumentException">The configuration or the schedule is out of range, or the schedule ends before the start.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the run is saved and can be resumed.</exception>
    /// <exception cref="RunFormatException">The folder holds another run, or something that is not a run, or a malformed file.</exception>
    /// <exception cref="StorageException">A file could not be written; everything that was there stays.</exception>
    /// <exception cref="TrainingDivergedException">A loss or the sum of squared weights is not finite.</exception>
    public TrainingRun Train(
        string folder,
        TrainingConfig config,
        TrainingSchedule schedule,
        ITrainingEngineFactory factory,
        TrainingState? start,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        config.Validate();
        schedule.Validate();
        if (start?.Epoch > schedule.Epochs)
        {
            throw new ArgumentException($"epochs = {schedule.Epochs} lies before epoch {start.Epoch}, from which the run starts: give that or a later one", nameof(schedule));
        }

        folder = Path.GetFullPath(folder);
        var identity = RunIdentity.Of(config, schedule, factory, start);
        if (FinishedRun.Open(folder, identity, schedule) is TrainingRun finished)
        {
            return finished;
        }

        List<string> warnings = [];
        void Warn(string warning)
        {
            if (!warnings.Contains(warning))
            {
                warnings.Add(warning);
                Warnings?.Report(warning);
            }
        }

        using var held = RunLock.Take(
            folder, PollInterval, () => Warnings?.Report($"{folder}: another process is training this run; waiting for it"), cancellation);
        AtomicFile.RemoveTemporaryFiles(folder);
        AtomicFile.RemoveTemporaryFiles(CheckpointFolder.Of(folder));
        RunManifest? earlier = ReadEarlier(folder, identity);
        if (earlier is null || !FinishedRun.HasEnded(folder, earlier, schedule, Warn))
        {
            Continue(folder, earlier ?? RunManifest.Begin(identity, schedule), schedule, start, factory, progress, Warn, cancellation);
        }

        var run = TrainingRun.Open(folder, warnings);
        if (earlier is not null)
        {
            CheckpointRepair.Restore(folder, identity, run.Rows, start ?? TrainingState.Initial(config), factory, Warn, progress, cancellation);
        }

        return TrainingRun.Open(folder, warnings);
    }

    private static RunManifest? ReadEarlier(string folder, RunIdentity identity)
    {
        if (!File.Exists(Path.Combine(folder, RunManifest.Name)))
        {
            bool isOccupied = File.Exists(Path.Combine(folder, MetricsFile.Name)) || Directory.Exists(CheckpointFolder.Of(folder));
            return isOccupied
                ? throw new RunFormatException(folder, $"holds files of a run but no {RunManifest.Name}", "choose another folder, or delete this one")
                : null;
        }

        var manifest = RunManifest.Read(folder);
        return identity.DifferenceFrom(manifest.Identity) is string difference
            ? throw new RunFormatException(folder, $"holds another run ({difference})", "choose another folder, or delete this one")
            : manifest;
    }

    private static RunManifest Ended(RunManifest manifest, RunStatus status, string reason, IReadOnlyList<MetricsRow> rows)
    {
        long epoch = rows.Count == 0 ? 0 : rows[^1].Epoch;
        TrainingSession session = manifest.Sessions[^1] with { ToEpoch = epoch, EndedUtc = DateTimeOffset.UtcNow };
        return manifest with { Status = status, StopReason = reason, Epoch = epoch, Sessions = [.. manifest.Sessions.SkipLast(1), session] };
    }

    private static string ReasonOfEnd(TrainingSchedule schedule, IReadOnlyList<MetricsRow> rows) =>
        rows[^1].Epoch >= schedule.Epochs && !(schedule.UntilGrokked && CleanupRule.HasEnded(rows)) ? "epochs"
        : schedule.UntilGrokked ? "grokked"
        : "generalized";

    private void Continue(
        string folder,
        RunManifest manifest,
        TrainingSchedule schedule,
        TrainingState? imported,
        ITrainingEngineFactory factory,
        IProgress<TrainingProgress>? progress,
        Action<string> warn,
        CancellationToken cancellation)
    {
        var provenance = Provenance.Collect(Threads);
        RunIdentity identity = manifest.Identity;
        TrainingState beginning = imported ?? TrainingState.Initial(identity.Config);
        bool isNew = manifest.Sessions.Count == 0;
        if (isNew)
        {
            // The first of all files: whatever else a killed process leaves here is then known to be a run's.
            manifest = WithSession(manifest, schedule, beginning.Epoch, provenance);
            manifest.Write(folder);
        }

        (TrainingState start, List<MetricsRow> rows) = RunRecovery.Find(folder, identity, manifest.Saved, beginning, warn);
        if (!isNew)
        {
            // Before anything is cut: whenever the process dies, run.json agrees with the rows that are there.
            manifest = WithSession(manifest, schedule, start.Epoch, provenance) with { Saved = Points(manifest, start.Epoch, rows) };
            manifest.Write(folder);
        }

        RunRecovery.CutBack(folder, start.Epoch, rows);
        using var recorder = new RunRecorder(folder, manifest, rows, warn);
        try
        {
            if (!FinishedRun.Satisfies(rows, schedule))
            {
                using ITrainingEngine engine = factory.Create(identity.Config, start);
                if (imported?.Epoch == start.Epoch)
                {
                    // A schedule that ends where it begins: the first row and checkpoint, which may lie off the grid of the others.
                    Trainer.Train(engine, schedule with { Epochs = start.Epoch }, recorder, cancellation: CancellationToken.None);
                }

                Trainer.Train(engine, schedule, recorder, progress, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Ended(recorder.Manifest, RunStatus.Interrupted, "cancelled", recorder.Rows).Write(folder);
            throw;
        }
        catch (Exception exception)
        {
            WriteFailure(folder, Ended(recorder.Manifest, RunStatus.Failed, exception.Message, recorder.Rows));
            throw;
        }

        Ended(recorder.Manifest, RunStatus.Complete, ReasonOfEnd(schedule, recorder.Rows), recorder.Rows).Write(folder);
    }

    /// <summary>What is kept of the points at which a run was saved when it goes on from one of them.</summary>
    private static IReadOnlyList<SavedPoint> Points(RunManifest manifest, long epoch, List<MetricsRow> rows) => rows.Count == 0
        ? []
        : [.. SavedPoint.Held(manifest.Saved ?? [], rows).Where(point => point.Epoch < epoch), SavedPoint.Of(epoch, rows)];

    private static void WriteFailure(string folder, RunManifest manifest)
    {
        try
        {
            manifest.Write(folder);
        }
        catch (StorageException)
        {
            // On a full disk run.json stays "running"; without its process that reads as interrupted, and can be resumed.
        }
    }

    private static RunManifest WithSession(RunManifest manifest, TrainingSchedule schedule, long fromEpoch, Provenance provenance)
    {
        var session = new TrainingSession
        {
            FromEpoch = fromEpoch,
            ToEpoch = null,
            StartedUtc = DateTimeOffset.UtcNow,
            EndedUtc = null,
            Provenance = provenance,
        };
        return manifest with
        {
            Schedule = schedule,
            Status = RunStatus.Running,
            StopReason = null,
            Epoch = fromEpoch,
            Sessions = [.. manifest.Sessions, session],
        };
    }
}

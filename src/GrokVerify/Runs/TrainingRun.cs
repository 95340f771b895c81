using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>
/// A run folder as it stood when it was opened: run.json (what was asked for, status, provenance), metrics.csv (a row for each logged
/// epoch), checkpoints/epoch-00005000.safetensors (weights; the newest also optimiser state).
/// </summary>
public sealed class TrainingRun
{
    private readonly RunManifest _manifest;

    private TrainingRun(string folder, RunManifest manifest, RunStatus status, IReadOnlyList<MetricsRow> rows, IReadOnlyList<string> warnings)
    {
        Folder = folder;
        _manifest = manifest;
        Status = status;
        Rows = rows;
        Warnings = warnings;
        CheckpointEpochs = CheckpointFolder.Epochs(folder);
    }

    public string Folder { get; }

    public RunIdentity Identity => _manifest.Identity;

    public TrainingConfig Config => Identity.Config;

    /// <summary>What was last asked for. The run may reach further: a shorter request reuses a longer run.</summary>
    public TrainingSchedule Schedule => _manifest.Schedule;

    /// <summary>As in run.json; but a run whose process died is <see cref="RunStatus.Interrupted"/>.</summary>
    public RunStatus Status { get; }

    /// <summary>"epochs", "grokked", "generalized", "cancelled", or the message of the error; null while it runs, or when its process died.</summary>
    public string? StopReason => _manifest.StopReason;

    /// <summary>The processes that trained this run, in order.</summary>
    public IReadOnlyList<TrainingSession> Sessions => _manifest.Sessions;

    /// <summary>What the newest session was made with.</summary>
    public Provenance Provenance => Sessions[^1].Provenance;

    /// <summary>Logged rows, epochs ascending.</summary>
    public IReadOnlyList<MetricsRow> Rows { get; }

    /// <summary>Epochs that have a checkpoint, ascending.</summary>
    public IReadOnlyList<long> CheckpointEpochs { get; }

    /// <summary>What was found damaged or repaired; empty for a sound run.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <param name="folder">The run folder.</param>
    /// <exception cref="RunFormatException">It is not a run folder, or a file in it is malformed or not as it was written.</exception>
    public static TrainingRun Open(string folder) => Open(folder, []);

    /// <summary>Reads the checkpoint of an epoch in <see cref="CheckpointEpochs"/>.</summary>
    /// <exception cref="CheckpointException">The file is absent, damaged, or of another run.</exception>
    public TrainingState ReadCheckpoint(long epoch) => CheckpointFolder.Read(Folder, epoch, Config);

    internal static TrainingRun Open(string folder, IEnumerable<string> earlierWarnings)
    {
        folder = Path.GetFullPath(folder);

        // Asked before run.json is read: a run that ends in between would otherwise look interrupted.
        bool isHeld = RunLock.IsHeld(folder);
        List<string> warnings = [.. earlierWarnings];
        (RunManifest manifest, List<MetricsRow> rows) = Read(folder, warning =>
        {
            if (!warnings.Contains(warning))
            {
                warnings.Add(warning);
            }
        });
        RunStatus status = manifest.Status == RunStatus.Running && !isHeld ? RunStatus.Interrupted : manifest.Status;
        return new TrainingRun(folder, manifest, status, rows, warnings);
    }

    private static (RunManifest Manifest, List<MetricsRow> Rows) Read(string folder, Action<string> warn)
    {
        string metrics = Path.Combine(folder, MetricsFile.Name);
        var manifest = RunManifest.Read(folder);
        while (true)
        {
            List<MetricsRow> rows = MetricsFile.Read(metrics, warn);
            if (manifest.Contradiction(rows) is not string contradiction)
            {
                return (manifest, rows);
            }

            // Between two looks a process may have resumed the run, or ended it: then run.json is another by now.
            var latest = RunManifest.Read(folder);
            if (latest.Contradiction(rows) == contradiction)
            {
                throw new RunFormatException(metrics, contradiction, "repeat the training, which makes it again, or restore it from a copy");
            }

            manifest = latest;
        }
    }
}

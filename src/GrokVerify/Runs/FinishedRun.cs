using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>Whether a run that is there is what is asked for, so that nothing is left to train.</summary>
internal static class FinishedRun
{
    /// <summary>A run that has what is asked for, whole. Nothing is written, and no lock is taken: it may lie where nobody can write.</summary>
    /// <returns>Null where something is to be done, or to be said.</returns>
    public static TrainingRun? Open(string folder, RunIdentity identity, TrainingSchedule schedule)
    {
        if (!File.Exists(Path.Combine(folder, RunManifest.Name)))
        {
            return null;
        }

        try
        {
            var manifest = RunManifest.Read(folder);
            bool isSound = true;
            return identity.DifferenceFrom(manifest.Identity) is null
                && HasEnded(folder, manifest, schedule, _ => isSound = false)
                && isSound
                && TrainingRun.Open(folder) is { Status: RunStatus.Complete } run
                && CheckpointRepair.Lost(folder, identity, run.Rows).Count == 0
                ? run
                : null;
        }
        catch (RunFormatException)
        {
            // Whoever takes the lock meets it again, and tells.
            return null;
        }
    }

    public static bool Satisfies(List<MetricsRow> rows, TrainingSchedule schedule) =>
        Enumerable.Range(0, rows.Count).Any(index => schedule.EndsAt(rows, index));

    /// <summary>True when a complete run has what is asked for, and its rows and its last checkpoint are as good as they should be.</summary>
    public static bool HasEnded(string folder, RunManifest manifest, TrainingSchedule schedule, Action<string> warn)
    {
        string metrics = Path.Combine(folder, MetricsFile.Name);
        bool isTorn = false;
        List<MetricsRow> rows = MetricsFile.Read(metrics, warning =>
        {
            isTorn = true;
            warn(warning);
        });
        if (manifest.Status == RunStatus.Complete && manifest.Contradiction(rows) is string contradiction)
        {
            warn($"{metrics}: {contradiction}");
            return false;
        }

        if (manifest.Status != RunStatus.Complete || isTorn || !Satisfies(rows, schedule))
        {
            return false;
        }

        try
        {
            CheckpointFolder.Read(folder, rows[^1].Epoch, manifest.Identity.Config);
            return true;
        }
        catch (CheckpointException problem)
        {
            // A file that is there is met again by recovery, which warns; and so is a run without any.
            if (!File.Exists(problem.File) && CheckpointFolder.Epochs(folder).Count > 0)
            {
                warn($"{problem.File}: {problem.Problem}; trained again");
            }

            return false;
        }
    }
}

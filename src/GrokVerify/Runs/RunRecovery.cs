using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>Brings a run folder, in whatever state a dead process left it, to a point from which training can go on.</summary>
internal static class RunRecovery
{
    /// <summary>Finds the newest good checkpoint with optimiser state, and the rows that an uninterrupted run would have at that epoch. Changes nothing.</summary>
    /// <param name="folder">The run folder, its lock held.</param>
    /// <param name="identity">The run.</param>
    /// <param name="saved">The points at which it was saved; null where nobody wrote them down.</param>
    /// <param name="beginning">The state that the run begins with.</param>
    /// <param name="warn">Told of every file that is passed over.</param>
    /// <returns>The state to go on from, and the rows up to it.</returns>
    /// <exception cref="RunFormatException">metrics.csv is malformed.</exception>
    public static (TrainingState State, List<MetricsRow> Rows) Find(
        string folder, RunIdentity identity, IReadOnlyList<SavedPoint>? saved, TrainingState beginning, Action<string> warn)
    {
        List<MetricsRow> found = MetricsFile.Read(Path.Combine(folder, MetricsFile.Name), warn);
        IReadOnlyList<long> epochs = CheckpointFolder.Epochs(folder);
        TrainingState? start = NewestResumable(folder, identity, saved, beginning.Epoch, found, epochs, warn);
        if (start is null && (epochs.Count > 0 || saved is { Count: > 0 } || found.Count > 1))
        {
            warn($"{folder}: no checkpoint can be resumed from; training starts again from epoch {beginning.Epoch}");
        }

        // Without a checkpoint every row is measured again: what was found may be what somebody made of it.
        List<MetricsRow> kept = start is null ? [] : [.. found.Where(row => row.Epoch <= start.Epoch && (row.Epoch % identity.LogEvery == 0 || row.Epoch == beginning.Epoch))];
        return (start ?? beginning, kept);
    }

    /// <summary>Takes away what lies past the point that is gone on from: later rows and checkpoints, and a last row off the logging grid.</summary>
    /// <exception cref="StorageException">A file could not be written or deleted.</exception>
    public static void CutBack(string folder, long epoch, IReadOnlyList<MetricsRow> rows)
    {
        MetricsFile.Write(Path.Combine(folder, MetricsFile.Name), rows);
        foreach (long later in CheckpointFolder.Epochs(folder).Where(later => later > epoch))
        {
            Delete(CheckpointFolder.FileOf(folder, later));
        }
    }

    /// <exception cref="StorageException">The file could not be deleted.</exception>
    public static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(file, null, exception);
        }
    }

    private static TrainingState? NewestResumable(
        string folder, RunIdentity identity, IReadOnlyList<SavedPoint>? saved, long beginning, List<MetricsRow> rows, IReadOnlyList<long> epochs, Action<string> warn)
    {
        int asWritten = saved is null or [] ? int.MaxValue : SavedPoint.Held(saved, rows) is [.., SavedPoint held] ? held.Rows : 0;
        foreach (long epoch in epochs.Reverse())
        {
            try
            {
                TrainingState state = CheckpointFolder.Read(folder, epoch, identity.Config);
                if (!state.CanResume)
                {
                    continue;
                }

                string? problem = !HasEveryRowBefore(rows, beginning, epoch, identity.LogEvery) ? "lacks rows before it"
                    : rows.Count(row => row.Epoch < epoch) > asWritten ? "is not as it was written before it"
                    : null;
                if (problem is null)
                {
                    return state;
                }

                warn($"{CheckpointFolder.FileOf(folder, epoch)}: skipped, {MetricsFile.Name} {problem}");
            }
            catch (CheckpointException exception)
            {
                warn($"{exception.File}: skipped: {exception.Problem}");
            }
        }

        return null;
    }

    // The row of the checkpoint's own epoch may be missing: training measures it again before it goes on.
    private static bool HasEveryRowBefore(List<MetricsRow> rows, long beginning, long epoch, int logEvery)
    {
        long RowsBefore(long end) => (end + logEvery - 1) / logEvery;
        return rows.Count(row => row.Epoch >= beginning && row.Epoch < epoch && row.Epoch % logEvery == 0) == RowsBefore(epoch) - RowsBefore(beginning);
    }
}

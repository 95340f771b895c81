using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>Brings a run folder, in whatever state a dead process left it, to a point from which training can go on.</summary>
internal static class RunRecovery
{
    /// <summary>
    /// Finds the newest good checkpoint with optimiser state, and takes away what an uninterrupted run would not have at that epoch:
    /// later rows and checkpoints, and a last row off the logging grid.
    /// </summary>
    /// <param name="folder">The run folder, its lock held.</param>
    /// <param name="identity">The run.</param>
    /// <param name="beginning">The state that the run begins with.</param>
    /// <param name="warn">Told of every file that is passed over.</param>
    /// <returns>The state to go on from, and the rows up to it.</returns>
    /// <exception cref="RunFormatException">metrics.csv is malformed.</exception>
    /// <exception cref="StorageException">A file could not be written or deleted.</exception>
    public static (TrainingState State, List<MetricsRow> Rows) Recover(
        string folder, RunIdentity identity, TrainingState beginning, Action<string> warn)
    {
        string metrics = Path.Combine(folder, MetricsFile.Name);
        List<MetricsRow> found = MetricsFile.Read(metrics, warn);
        IReadOnlyList<long> epochs = CheckpointFolder.Epochs(folder);
        TrainingState? start = NewestResumable(folder, identity, beginning.Epoch, found, epochs, warn);
        if (start is null && epochs.Count > 0)
        {
            warn($"{folder}: no checkpoint can be resumed from; training starts again from epoch {beginning.Epoch}");
        }

        start ??= beginning;
        List<MetricsRow> kept = [.. found.Where(row => row.Epoch <= start.Epoch && (row.Epoch % identity.LogEvery == 0 || row.Epoch == beginning.Epoch))];
        MetricsFile.Write(metrics, kept);
        foreach (long epoch in epochs.Where(epoch => epoch > start.Epoch))
        {
            Delete(CheckpointFolder.FileOf(folder, epoch));
        }

        return (start, kept);
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
        string folder, RunIdentity identity, long beginning, List<MetricsRow> rows, IReadOnlyList<long> epochs, Action<string> warn)
    {
        foreach (long epoch in epochs.Reverse())
        {
            try
            {
                TrainingState state = CheckpointFolder.Read(folder, epoch, identity.Config);
                if (!state.CanResume)
                {
                    continue;
                }

                if (HasEveryRowBefore(rows, beginning, epoch, identity.LogEvery))
                {
                    return state;
                }

                warn($"{CheckpointFolder.FileOf(folder, epoch)}: skipped, {MetricsFile.Name} lacks rows before it");
            }
            catch (CheckpointException exception)
            {
                warn($"{exception.File}: skipped, it {exception.Problem}");
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

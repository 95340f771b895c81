using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>Writes rows and checkpoints of a run into its folder while it trains.</summary>
internal sealed class RunRecorder : ITrainingLog, IDisposable
{
    /// <summary>Checkpoints that keep optimiser state: when the newest is damaged, the one before it can be resumed from.</summary>
    public const int ResumableCheckpoints = 2;

    private readonly string _folder;
    private readonly RunIdentity _identity;
    private readonly Action<string> _warn;
    private readonly MetricsHash _hash = new();
    private readonly List<MetricsRow> _rows;
    private readonly SortedSet<long> _resumable = [];
    private readonly string _metricsPath;
    private readonly FileStream _metrics;

    /// <param name="folder">The run folder, its lock held and recovered.</param>
    /// <param name="manifest">The run.</param>
    /// <param name="rows">The rows that metrics.csv holds.</param>
    /// <param name="warn">Told of damaged files that are met.</param>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public RunRecorder(string folder, RunManifest manifest, IEnumerable<MetricsRow> rows, Action<string> warn)
    {
        _folder = folder;
        Manifest = manifest;
        _identity = manifest.Identity;
        _warn = warn;
        _rows = [.. rows];
        _rows.ForEach(_hash.Append);
        _metricsPath = Path.Combine(folder, MetricsFile.Name);
        try
        {
            Directory.CreateDirectory(CheckpointFolder.Of(folder));
            FindResumable();

            // Unbuffered: each row is one write to the system, so that a kill can tear at most the last line.
            _metrics = new FileStream(_metricsPath, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(_metricsPath, null, exception);
        }
    }

    public IReadOnlyList<MetricsRow> Rows => _rows;

    /// <summary>run.json, with the newest saved points.</summary>
    public RunManifest Manifest { get; private set; }

    /// <exception cref="StorageException">The row could not be written.</exception>
    public void Append(MetricsRow row)
    {
        byte[] line = MetricsFile.Line(row);
        long start = _metrics.Position;
        try
        {
            _metrics.Write(line);
        }
        catch (IOException exception)
        {
            CutTo(start);
            throw new StorageException(_metricsPath, line.Length, exception);
        }

        _rows.Add(row);
        _hash.Append(row);
    }

    /// <summary>Saves the rows and a resumable checkpoint, then strips older checkpoints of their optimiser state.</summary>
    /// <exception cref="StorageException">A file could not be written.</exception>
    public void Save(TrainingState state)
    {
        try
        {
            _metrics.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new StorageException(_metricsPath, null, exception);
        }

        // Before the checkpoint: whatever is resumed from has rows that can be held against their hash.
        Manifest = Manifest with { Saved = [.. (Manifest.Saved ?? []).Where(point => point.Epoch < state.Epoch).TakeLast(ResumableCheckpoints), _hash.Save(state.Epoch)] };
        Manifest.Write(_folder);
        Checkpoint.Write(CheckpointFolder.FileOf(_folder, state.Epoch), state, _identity.Config);
        if (state.CanResume)
        {
            _resumable.Add(state.Epoch);
        }

        StripOlder(state.Epoch);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _hash.Dispose();
    }

    private bool IsScheduled(long epoch) => epoch % _identity.CheckpointEvery == 0 || epoch == _identity.Start?.Epoch;

    private void FindResumable()
    {
        foreach (long epoch in CheckpointFolder.Epochs(_folder))
        {
            try
            {
                if (Checkpoint.HasOptimizerState(CheckpointFolder.FileOf(_folder, epoch)))
                {
                    _resumable.Add(epoch);
                }
            }
            catch (CheckpointException exception)
            {
                _warn(exception.Message);
            }
        }
    }

    // A checkpoint off the grid is where a run was cancelled or once ended: an uninterrupted run would not have it.
    private void StripOlder(long newest)
    {
        var kept = _resumable.Where(IsScheduled).TakeLast(ResumableCheckpoints).Append(newest).ToHashSet();
        foreach (long epoch in _resumable.Except(kept).ToList())
        {
            string file = CheckpointFolder.FileOf(_folder, epoch);
            if (IsScheduled(epoch))
            {
                Strip(file);
            }
            else
            {
                RunRecovery.Delete(file);
            }

            _resumable.Remove(epoch);
        }
    }

    private void Strip(string file)
    {
        try
        {
            var full = Checkpoint.Read(file);
            Checkpoint.Write(file, full.State.WithoutOptimizer(), _identity.Config);
        }
        catch (CheckpointException exception)
        {
            _warn(exception.Message);
        }
    }

    private void CutTo(long length)
    {
        try
        {
            _metrics.SetLength(length);
        }
        catch (IOException)
        {
            // A torn last line is dropped when the file is next read.
        }
    }
}

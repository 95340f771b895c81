using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>Makes checkpoints again that a run has lost. They have no moments, so nothing goes on from them; training from the beginning comes by.</summary>
internal static class CheckpointRepair
{
    /// <summary>The checkpoints that a run should have and that are missing or damaged, ascending; each with what is wrong with it.</summary>
    /// <exception cref="RunFormatException">The folder cannot be read.</exception>
    public static IReadOnlyList<(long Epoch, CheckpointException Problem)> Lost(string folder, RunIdentity identity, IReadOnlyList<MetricsRow> rows)
    {
        List<(long, CheckpointException)> lost = [];
        foreach (long epoch in CheckpointFolder.Due(identity, rows[^1].Epoch))
        {
            try
            {
                CheckpointFolder.Read(folder, epoch, identity.Config);
            }
            catch (CheckpointException problem)
            {
                lost.Add((epoch, problem));
            }
        }

        return lost;
    }

    /// <summary>Trains from the beginning up to the last checkpoint that is lost, and writes those that are.</summary>
    /// <param name="folder">The run folder, its lock held and its rows as they were written.</param>
    /// <param name="identity">The run.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="beginning">The state that it begins with.</param>
    /// <param name="factory">The engine that trained it.</param>
    /// <param name="warn">Told of what is lost.</param>
    /// <param name="progress">Told the row of each logged epoch that is passed again.</param>
    /// <param name="cancellation">Ends training after the step in hand.</param>
    /// <exception cref="RunFormatException">The run does not come again: the weights are others than its rows tell.</exception>
    /// <exception cref="StorageException">A checkpoint could not be written.</exception>
    public static void Restore(
        string folder,
        RunIdentity identity,
        IReadOnlyList<MetricsRow> rows,
        TrainingState beginning,
        ITrainingEngineFactory factory,
        Action<string> warn,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        IReadOnlyList<(long Epoch, CheckpointException Problem)> lost = Lost(folder, identity, rows);
        if (lost.Count == 0)
        {
            return;
        }

        (long last, CheckpointException first) = (lost[^1].Epoch, lost[0].Problem);
        warn($"{first.File}: {first.Problem}{(lost.Count == 1 ? "" : $", and so are {lost.Count - 1} more")}; trained again up to epoch {last}");
        IReadOnlyList<long> due = CheckpointFolder.Due(identity, rows[^1].Epoch);
        HashSet<long> resumable = [.. due.Where(epoch => epoch % identity.CheckpointEvery == 0).TakeLast(RunRecorder.ResumableCheckpoints), rows[^1].Epoch];
        HashSet<long> wanted = [.. lost.Select(checkpoint => checkpoint.Epoch)];
        Dictionary<long, MetricsRow> logged = rows.ToDictionary(row => row.Epoch);
        using ITrainingEngine engine = factory.Create(identity.Config, beginning);
        while (true)
        {
            if (logged.TryGetValue(engine.Epoch, out MetricsRow? row))
            {
                progress?.Report(new TrainingProgress(row, last, 0, null));
            }

            if (wanted.Contains(engine.Epoch))
            {
                TrainingState state = engine.Capture();
                if (row?.SumSquaredWeights != state.Weights.SumOfSquares())
                {
                    throw new RunFormatException(folder, $"does not come again: at epoch {engine.Epoch} the weights are others", "delete the run folder and train again");
                }

                Checkpoint.Write(CheckpointFolder.FileOf(folder, engine.Epoch), resumable.Contains(engine.Epoch) ? state : state.WithoutOptimizer(), identity.Config);
            }

            if (engine.Epoch >= last)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            engine.Step();
        }
    }
}

using GrokVerify.Engines;
using GrokVerify.Formats;

namespace GrokVerify.Runs;

/// <summary>A run at any of its epochs, moments included: where another training branches off that differs in one setting, and up to there in nothing.</summary>
/// <remarks>
/// Runs keep moments in their newest checkpoints alone, and checkpoints at some epochs. What is missing is trained again from the nearest earlier state; the last checkpoint on the way has to come out as it
/// is kept, to the bit.
/// </remarks>
public static class RunFork
{
    /// <param name="run">The run.</param>
    /// <param name="epoch">From its first epoch to its last row's.</param>
    /// <param name="factory">The engine that trained it.</param>
    /// <param name="progress">Told the epoch now and then, where something has to be trained again.</param>
    /// <param name="cancellation">Ends training after the step in hand.</param>
    /// <returns>The state that the run had.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not have that epoch.</exception>
    /// <exception cref="RunFormatException">The engine is another one, or the run does not come again: another version trained it.</exception>
    /// <exception cref="CheckpointException">A checkpoint that is needed is damaged.</exception>
    public static TrainingState StateAt(TrainingRun run, long epoch, ITrainingEngineFactory factory, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        if (epoch < run.Rows[0].Epoch || epoch > run.Rows[^1].Epoch)
        {
            throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"{run.Folder} goes from epoch {run.Rows[0].Epoch} to {run.Rows[^1].Epoch}: give one of these");
        }

        if (factory.EngineName != run.Identity.Engine)
        {
            throw new RunFormatException(run.Folder, $"was trained by the engine {run.Identity.Engine}, not by {factory.EngineName}", "branch off on the same engine");
        }

        TrainingState start = Nearest(run, epoch);
        if (start.Epoch == epoch)
        {
            return start;
        }

        long check = run.CheckpointEpochs.LastOrDefault(kept => kept <= epoch);
        using ITrainingEngine engine = factory.Create(run.Config, start);
        while (engine.Epoch < epoch)
        {
            if (engine.Epoch % run.Identity.LogEvery == 0)
            {
                progress?.Report(engine.Epoch);
            }

            cancellation.ThrowIfCancellationRequested();
            engine.Step();
            if (engine.Epoch == check && !engine.Capture().Weights.Values.AsSpan().SequenceEqual(run.ReadCheckpoint(check).Weights.Values))
            {
                throw new RunFormatException(run.Folder, $"does not come again: at epoch {check} the weights are others", "train it again with this version");
            }
        }

        return engine.Capture();
    }

    private static TrainingState Nearest(TrainingRun run, long epoch)
    {
        foreach (long kept in run.CheckpointEpochs.Reverse().Where(kept => kept <= epoch))
        {
            if (Checkpoint.HasOptimizerState(CheckpointFolder.FileOf(run.Folder, kept)))
            {
                return CheckpointFolder.Read(run.Folder, kept, run.Config);
            }
        }

        return run.Identity.Start is null
            ? TrainingState.Initial(run.Config)
            : throw new RunFormatException(run.Folder, $"has no moments at or before epoch {epoch}, and began with an imported network", "branch off at a later epoch");
    }
}

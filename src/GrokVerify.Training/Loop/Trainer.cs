using System.Diagnostics;
using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Loop;

/// <summary>Drives an engine along a schedule: logs, keeps checkpoints, reports progress, and stops where it should.</summary>
public static class Trainer
{
    /// <summary>Trains from the engine's present epoch to the end of the schedule.</summary>
    /// <param name="engine">Holds the weights to start from.</param>
    /// <param name="schedule">When to log, to keep a checkpoint, and to stop.</param>
    /// <param name="log">Takes rows and checkpoints. The last checkpoint can always be resumed from, also after a cancellation.</param>
    /// <param name="progress">Told each logged row.</param>
    /// <param name="cancellation">Ends the run after the step in hand, with a checkpoint there.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled; its newest checkpoint is saved.</exception>
    /// <exception cref="TrainingDivergedException">A loss or the sum of squared weights is not finite.</exception>
    public static void Train(
        ITrainingEngine engine,
        TrainingSchedule schedule,
        ITrainingLog log,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        schedule.Validate();
        long firstEpoch = engine.Epoch;
        var clock = Stopwatch.StartNew();

        while (true)
        {
            long epoch = engine.Epoch;
            bool isLast = epoch >= schedule.Epochs;
            bool isKept = epoch % schedule.CheckpointEvery == 0;
            TrainingState? state = isLast || isKept ? engine.Capture() : null;
            if (state is not null || epoch % schedule.LogEvery == 0)
            {
                MetricsRow row = Measure(engine, state?.Weights ?? engine.Weights());
                if (log.Rows.Count == 0 || log.Rows[^1].Epoch < epoch)
                {
                    log.Append(row);
                }

                progress?.Report(Progress(row, schedule, firstEpoch, clock.Elapsed));
                isLast |= schedule.EndsAt(log.Rows, log.Rows.Count - 1);
            }

            // Asked once: a cancellation that arrived after the save would otherwise end the run without its checkpoint.
            bool isCancelled = cancellation.IsCancellationRequested;
            if (isLast || isKept || isCancelled)
            {
                log.Save(state ?? engine.Capture());
            }

            if (isLast)
            {
                return;
            }

            if (isCancelled)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            engine.Step();
        }
    }

    private static MetricsRow Measure(ITrainingEngine engine, TransformerWeights weights)
    {
        LossAndAccuracy train = engine.Evaluate(engine.Split.Train);
        LossAndAccuracy test = engine.Evaluate(engine.Split.Test);
        var row = new MetricsRow(engine.Epoch, train.Loss, test.Loss, train.Accuracy, test.Accuracy, weights.SumOfSquares());
        if (!double.IsFinite(row.TrainLoss + row.TestLoss + row.SumSquaredWeights))
        {
            throw new TrainingDivergedException(row.Epoch);
        }

        return row;
    }

    private static TrainingProgress Progress(MetricsRow row, TrainingSchedule schedule, long firstEpoch, TimeSpan elapsed)
    {
        long done = row.Epoch - firstEpoch;
        if (done == 0)
        {
            return new TrainingProgress(row, schedule.Epochs, 0, null);
        }

        double rate = done / elapsed.TotalSeconds;
        return new TrainingProgress(row, schedule.Epochs, rate, TimeSpan.FromSeconds((schedule.Epochs - row.Epoch) / rate));
    }
}

using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>A planned run as it was trained.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Rows">Logged rows up to the end of the planned schedule, epochs ascending, at least one.</param>
internal sealed record TrainedCurve(PlannedRun Plan, IReadOnlyList<MetricsRow> Rows)
{
    /// <summary>The test loss below which a network has generalized, as the released sweep over train fractions was read.</summary>
    public const double GeneralizedTestLoss = 1e-2;

    /// <summary>The test accuracy from which on a network is said to have generalized, where networks are compared by accuracy.</summary>
    public const double GeneralizedTestAccuracy = TrainingSchedule.GeneralizedTestAccuracy;

    private const double MemorizedTrainAccuracy = 0.99;

    public MetricsRow First => Rows[0];

    public MetricsRow Last => Rows[^1];

    /// <summary>The first logged epoch at which the train loss is below 1e-2.</summary>
    public double? Fit => FirstEpoch(row => row.TrainLoss < PhaseTimeline.MemorizedTrainLoss);

    /// <summary>The first logged epoch at which the test loss is below 1e-2.</summary>
    public double? Generalization => FirstEpoch(row => row.TestLoss < GeneralizedTestLoss);

    public double LargestTestLoss => Rows.Max(row => row.TestLoss);

    /// <summary>The first logged epoch with a train accuracy of 0.99.</summary>
    public long? Memorized => (long?)FirstEpoch(row => row.TrainAccuracy >= MemorizedTrainAccuracy);

    /// <summary>The first logged epoch with a test accuracy of 0.99.</summary>
    public long? GeneralizedByAccuracy => (long?)FirstEpoch(row => row.TestAccuracy >= GeneralizedTestAccuracy);

    /// <summary>The first logged epoch from which on test accuracy is 0.99 or more for so many epochs; null where there is none.</summary>
    public long? HeldFrom(long epochs) => TrainingSchedule.HeldFrom(Rows, epochs);

    /// <summary>The range of test accuracy in the last fifth of the training.</summary>
    public double LastChange
    {
        get
        {
            double[] late = [.. Rows.Where(row => row.Epoch >= 0.8 * Last.Epoch).Select(row => row.TestAccuracy)];
            return late.Max() - late.Min();
        }
    }

    /// <summary>Why a generalization is absent.</summary>
    public string NotGeneralized => $"{Plan.Name}: the test loss does not fall below 1e-2 within {Last.Epoch} epochs";

    /// <param name="plan">What was planned.</param>
    /// <param name="run">The run that was trained for it; it may go on further.</param>
    public static TrainedCurve Of(PlannedRun plan, TrainingRun run)
    {
        long end = plan.Schedule.EndIn(run.Rows);
        return new TrainedCurve(plan, [.. run.Rows.Where(row => row.Epoch <= end)]);
    }

    /// <summary>The first logged epoch whose row is as asked; null where none is.</summary>
    public double? FirstEpoch(Func<MetricsRow, bool> isSo) => Rows.FirstOrDefault(isSo)?.Epoch;
}

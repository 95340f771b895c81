using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>What came of a training that a question asked for: a row of its table. Accuracies are shares of the pairs, losses nats.</summary>
/// <param name="Plan">What was trained.</param>
/// <param name="Epoch">The last epoch.</param>
/// <param name="Memorized">The first logged epoch with a train accuracy of 0.99; null where there is none.</param>
/// <param name="Generalized">The first logged epoch with a test accuracy of 0.99; null where there is none up to the horizon.</param>
/// <param name="TrainAccuracy">At the last epoch.</param>
/// <param name="TestAccuracy">At the last epoch.</param>
/// <param name="BestTestAccuracy">The highest that was logged.</param>
/// <param name="LargestFall">How far test accuracy fell below what it had reached before, the most; 0 where it never did.</param>
/// <param name="LastChange">The range of test accuracy in the last fifth of the training.</param>
/// <param name="TrainLoss">At the last epoch.</param>
/// <param name="TestLoss">At the last epoch.</param>
/// <param name="LargestTestLoss">The largest that was logged.</param>
/// <param name="SumSquaredWeights">At the last epoch.</param>
/// <param name="Measures">What the question alone measures (<see cref="QuestionClaim.Columns"/>).</param>
internal sealed record Trial(
    PlannedRun Plan,
    long Epoch,
    long? Memorized,
    long? Generalized,
    double TrainAccuracy,
    double TestAccuracy,
    double BestTestAccuracy,
    double LargestFall,
    double LastChange,
    double TrainLoss,
    double TestLoss,
    double LargestTestLoss,
    double SumSquaredWeights,
    IReadOnlyList<double?> Measures)
{
    /// <summary>Reads a run's rows, and measures of its last network what the question asks for.</summary>
    /// <param name="claim">The question.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="run">The run that was trained for it; it may go on further.</param>
    public static Trial Of(QuestionClaim claim, PlannedRun plan, TrainingRun run) => Of(TrainedCurve.Of(plan, run), claim.Measure(plan, run));

    /// <summary>The same of rows and measures that are at hand.</summary>
    public static Trial Of(TrainedCurve curve, IReadOnlyList<double?> measures)
    {
        MetricsRow last = curve.Last;
        return new Trial(
            curve.Plan,
            last.Epoch,
            curve.Memorized,
            curve.GeneralizedByAccuracy,
            last.TrainAccuracy,
            last.TestAccuracy,
            curve.Rows.Max(row => row.TestAccuracy),
            AccuracyFall.Of(curve.Rows),
            curve.LastChange,
            last.TrainLoss,
            last.TestLoss,
            curve.LargestTestLoss,
            last.SumSquaredWeights,
            measures);
    }
}

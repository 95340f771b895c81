using GrokVerify.Fourier;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>What came of a planned run of another architecture: a row of the search's table, and what claims about architectures are judged on.</summary>
/// <param name="Plan">What was trained.</param>
/// <param name="Epoch">The last epoch.</param>
/// <param name="Memorized">The first logged epoch with a train accuracy of 0.99; null where there is none.</param>
/// <param name="Generalized">The first logged epoch with a test accuracy of 0.99; null where there is none up to the horizon.</param>
/// <param name="TrainAccuracy">At the last epoch.</param>
/// <param name="BestTestAccuracy">The highest that was logged.</param>
/// <param name="TestAccuracy">At the last epoch.</param>
/// <param name="TestLoss">At the last epoch, nats.</param>
/// <param name="KeyFrequencies">K of the last logits, ascending; empty when there is no key set.</param>
/// <param name="SpectralContrast">Of the last logits.</param>
/// <param name="LogitFve">Fraction of the last logits' variance that cos(w_k(a+b-c)), k in K, explain; null without key set.</param>
/// <param name="HeadFrequencies">Each head's frequency in the last attention pattern (<see cref="AttentionSpectra"/>); empty for several layers.</param>
/// <param name="MeanHeadFve">Mean over heads of the fraction of variance of the attention to a that the head's frequency explains, 0..1; null for several layers.</param>
internal sealed record TrialOutcome(
    PlannedRun Plan,
    long Epoch,
    long? Memorized,
    long? Generalized,
    double TrainAccuracy,
    double BestTestAccuracy,
    double TestAccuracy,
    double TestLoss,
    IReadOnlyList<int> KeyFrequencies,
    double SpectralContrast,
    double? LogitFve,
    IReadOnlyList<int> HeadFrequencies,
    double? MeanHeadFve)
{
    /// <summary>Reads a run's rows and evaluates its last network.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="run">The run that was trained for it.</param>
    /// <exception cref="Formats.CheckpointException">The checkpoint at the end of the plan is absent or damaged.</exception>
    public static TrialOutcome Measure(PlannedRun plan, TrainingRun run)
    {
        var curve = TrainedCurve.Of(plan, run);
        MetricsRow last = curve.Last;
        var network = new NetworkSpectra(run.ReadCheckpoint(last.Epoch).Weights, plan.Config.CreateTask());
        KeyFrequencies keys = network.KeyFrequencies;
        AttentionSpectra? heads = network.AttentionAbsence is null ? network.Attention : null;
        return new TrialOutcome(
            plan,
            last.Epoch,
            curve.Memorized,
            curve.GeneralizedByAccuracy,
            last.TrainAccuracy,
            curve.Rows.Max(row => row.TestAccuracy),
            last.TestAccuracy,
            last.TestLoss,
            keys.Frequencies,
            keys.Contrast,
            keys.Exist ? network.Alpha.FractionOfVarianceExplained(keys.Frequencies) : null,
            heads?.Frequencies ?? [],
            heads?.Fractions.Average());
    }
}

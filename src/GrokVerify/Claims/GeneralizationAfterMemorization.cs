using GrokVerify.Training;

namespace GrokVerify.Claims;

/// <summary>
/// Test accuracy jumps long after the train loss has converged.
/// </summary>
/// <remarks>
/// Statistic: the epoch at which train accuracy reaches 0.99 with a train loss below 1e-2 (memorized), the epoch at which test accuracy
/// reaches 0.99 (generalized), their ratio; the test accuracy at memorization; and how long the jump from 0.5 to 0.95 test accuracy takes
/// as a share of the epoch where it began.
/// Rule: the ratio is at least 10 (published: 10,500 / 274 = 38; our five seeds at weight decay 1 in SCIENCE.md: 16 to 30); test accuracy at
/// memorization is at most 0.25 (published 0.05); the jump takes at most 0.3 of the time before it (published 0.09).
/// </remarks>
public sealed class GeneralizationAfterMemorization : RunClaim
{
    private const double High = 0.99;
    private const double ConvergedTrainLoss = 1e-2;

    public override string Id => "generalization-after-memorization";

    public override string Sentence => "Test accuracy jumps long after the train loss has converged";

    public override string Source => "arXiv 2301.05217 section 3, figures 2 and 7; released train-fraction sweep";

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        MetricsRow? memorized = run.Rows.FirstOrDefault(row => row.TrainAccuracy >= High && row.TrainLoss < ConvergedTrainLoss);
        MetricsRow? generalized = run.Rows.FirstOrDefault(row => row.TestAccuracy >= High);
        MetricsRow? half = run.Rows.FirstOrDefault(row => row.TestAccuracy >= 0.5);
        MetricsRow? nearly = run.Rows.FirstOrDefault(row => row.TestAccuracy >= 0.95);
        string horizon = $"within {run.Rows[^1].Epoch} epochs";

        yield return new Finding("epoch of memorization (train accuracy 0.99, train loss below 1e-2)", memorized?.Epoch, Absence: $"never {horizon}");
        yield return new Finding("epoch of generalization (test accuracy 0.99)", generalized?.Epoch, Absence: $"never {horizon}");
        yield return new Finding("generalization over memorization, ratio of epochs", Ratio(generalized?.Epoch, memorized?.Epoch), AtLeast: 10, Absence: "one of the two never came");
        yield return new Finding("test accuracy at memorization", memorized?.TestAccuracy, AtMost: 0.25, Absence: "never memorized");
        yield return new Finding(
            "length of the jump from 0.5 to 0.95 test accuracy, as a share of the time before it",
            Ratio(nearly?.Epoch - half?.Epoch, half?.Epoch),
            AtMost: 0.3,
            Absence: $"no such jump {horizon}");
    }

    private static double? Ratio(long? numerator, long? denominator) => denominator is > 0 ? (double?)numerator / denominator : null;
}

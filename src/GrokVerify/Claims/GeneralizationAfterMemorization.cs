using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Claims;

/// <summary>
/// Test accuracy jumps long after the train loss has converged.
/// </summary>
/// <remarks>
/// Statistic: the epoch at which train accuracy reaches 0.99 with a train loss below 1e-2 (memorized), the epoch at which test accuracy
/// reaches 0.99 (generalized), their ratio; the test accuracy at memorization; and how long the jump from 0.5 to 0.95 test accuracy takes
/// as a share of the epoch where it began.
/// Rule: the ratio is at least 10 (published: 10,500 / 274 = 38; five seeds of ours at weight decay 1, before the rule was fixed: 16 to 30); test accuracy at
/// memorization is at most 0.25 (published 0.05); the jump takes at most 0.3 of the time before it (published 0.09).
/// </remarks>
internal sealed class GeneralizationAfterMemorization : RunClaim
{
    private static readonly Statistic Memorized = new("epoch of memorization (train accuracy 0.99, train loss below 1e-2)", Published: "274 (released sweep)");
    private static readonly Statistic Generalized = new("epoch of generalization (test accuracy 0.99)", Published: "10,500 (figure 7)");
    private static readonly Statistic Delay = new("generalization over memorization, ratio of epochs", AtLeast: 10, Published: "38 (figure 7)");
    private static readonly Statistic TestAccuracy = new("test accuracy at memorization", AtMost: 0.25, Published: "0.05 (figure 7)");
    private static readonly Statistic Jump = new(
        "length of the jump from 0.5 to 0.95 test accuracy, as a share of the time before it", AtMost: 0.3, Published: "0.09 (figure 7)");

    public override string Id => "generalization-after-memorization";

    public override string Sentence => "Test accuracy jumps long after the train loss has converged";

    public override string Source => "arXiv 2301.05217 section 3, figures 2 and 7; released train-fraction sweep";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Memorized, Generalized, Delay, TestAccuracy, Jump];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        MetricsRow? half = run.Jump;
        MetricsRow? nearly = run.Rows.FirstOrDefault(row => row.TestAccuracy >= 0.95);
        string horizon = $"within {run.Rows[^1].Epoch} epochs";

        yield return Memorized.Of(run.Memorized?.Epoch, $"never {horizon}");
        yield return Generalized.Of(run.Generalized?.Epoch, $"never {horizon}");
        yield return Delay.Of(Ratio(run.Generalized?.Epoch, run.Memorized?.Epoch), "one of the two never came");
        yield return TestAccuracy.Of(run.Memorized?.TestAccuracy, "never memorized");
        yield return Jump.Of(Ratio(nearly?.Epoch - half?.Epoch, half?.Epoch), $"no such jump {horizon}");
    }

    private static double? Ratio(long? numerator, long? denominator) => denominator is > 0 ? (double?)numerator / denominator : null;
}

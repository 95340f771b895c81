using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Attention patterns are sums of sines and cosines of the two inputs in key frequencies: with their fit in their place the network still solves the task.</summary>
/// <remarks>
/// Statistic: loss and accuracy with each head's pattern replaced by its best fit of a constant and cos, sin of w_k a and w_k b, k in K;
/// and the same with one frequency for each head, as the paper has it.
/// Rule, with all key frequencies: accuracy at least 0.99, loss at most 2 times the full loss (2 of the 40 calibrated seeds have 2.6 and 20). With one for each head the paper's loss is 2.12e-7 / 2.41e-7 = 0.88 of the full loss: measured, not asserted.
/// </remarks>
internal sealed class AttentionAsSinusoids : NetworkClaim
{
    private static readonly Statistic Accuracy = new("accuracy with attention as sinusoids of the key frequencies", AtLeast: 0.99, AtMost: 1);
    private static readonly Statistic Loss = new("loss with attention as sinusoids of the key frequencies, over the full loss", AtMost: 2);
    private static readonly Statistic OneFrequencyAccuracy = new("accuracy with attention as sinusoids of one frequency for each head");
    private static readonly Statistic OneFrequencyLoss = new(
        "loss with attention as sinusoids of one frequency for each head, over the full loss", Published: "0.88 (appendix C.1.3)");

    public override string Id => "attention-as-sinusoids";

    public override string Sentence => "Attention patterns can be replaced by sines and cosines of the inputs in key frequencies";

    public override string Source => "arXiv 2301.05217 appendix C.1.3";

    public override string Deviation => "Each head of the paper's network has one frequency; here most heads mix several, and a fit in one frequency for each head costs much of the accuracy.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Accuracy, Loss, OneFrequencyAccuracy, OneFrequencyLoss];

    public override string? Absence(NetworkEvidence network) => network.AttentionAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        LossAndAccuracy? keys = network.Ablation(Ablation.AttentionTrigonometricInKeys);
        LossAndAccuracy one = network.Ablations[Ablation.AttentionTrigonometric];
        yield return Accuracy.Of(keys?.Accuracy, network.KeyFrequencies.AbsenceReason);
        yield return Loss.Of(keys?.Loss / network.Measures.All.Loss, network.KeyFrequencies.AbsenceReason);
        yield return OneFrequencyAccuracy.Of(one.Accuracy);
        yield return OneFrequencyLoss.Of(one.Loss / network.Measures.All.Loss);
    }
}

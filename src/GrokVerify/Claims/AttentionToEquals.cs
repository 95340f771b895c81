using GrokVerify.Ablations;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>The heads read the two numbers: from "=" they hardly attend to "=" itself, and that attention does nothing.</summary>
/// <remarks>
/// Statistic: the mean over pairs of the attention from "=" to "=", the largest of the heads; the loss without it, over the full loss; the accuracy on all pairs.
/// Rule: at most 0.01 (paper: 0.001 to 0.004); from 0.95 to 1.05 (paper: "harmless"); accuracy at least 0.99, because a network that has memorized hardly attends to "=" either.
/// </remarks>
internal sealed class AttentionToEquals : NetworkClaim
{
    private static readonly Statistic Weight = new("mean attention to \"=\", largest of the heads", AtMost: 0.01, Published: "0.004 (appendix A.1)");
    private static readonly Statistic Loss = new("loss without attention to \"=\", over the full loss", AtLeast: 0.95, AtMost: 1.05, Published: "harmless (appendix A.1)");

    private static readonly Statistic Accuracy = new("accuracy on all pairs", AtLeast: 0.99, AtMost: 1, Published: "1 (section 3)");

    public override string Id => "attention-to-equals";

    public override string Sentence => "The heads hardly attend to \"=\", and do not need to";

    public override string Source => "arXiv 2301.05217 appendix A.1";

    public override string Deviation => "From other initial weights than the authors' most networks came to attend to \"=\" long after cleanup, and then depended on it; from the authors', as in the paper, none of three does.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Weight, Loss, Accuracy];

    public override string? Absence(NetworkEvidence network) => network.AttentionAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        yield return Weight.Of(network.AttentionToEquals.Max());
        yield return Loss.Of(network.Ablations[Ablation.AttentionToEqualsZero].Loss / network.Measures.All.Loss);
        yield return Accuracy.Of(network.Measures.All.Accuracy);
    }
}

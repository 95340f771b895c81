using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>The logits are sum over K of alpha_k cos(w_k(a+b-c)): with that sum in their place, |K| numbers in all, the network is better than before.</summary>
/// <remarks>
/// Statistic: loss, over the full loss, and accuracy with the logits replaced; the fraction of the logits' variance that the sum explains, on all pairs and on the test pairs.
/// Rule: at most 0.9 (paper: 4.7e-8 / 2.41e-7 = 0.2), accuracy at least 0.99, fractions at least 0.9 (paper: 0.95). The sum is largest at c = a + b whenever the amplitudes are positive, so loss and accuracy
/// are better than those of a network that has memorized, too; that the network's own amplitudes leave a smaller loss than its logits do, of which they explain nearly all, says that the rest is noise.
/// </remarks>
internal sealed class LogitsAsCosines : NetworkClaim
{
    private static readonly Statistic Loss = new("loss with logits as cosines, over the full loss", AtMost: 0.9, Published: "0.2 (section 4.2)");
    private static readonly Statistic Accuracy = new("accuracy with logits as cosines", AtLeast: 0.99, AtMost: 1);

    private static readonly Statistic Fve = new("logit FVE of the key frequencies", AtLeast: 0.9, AtMost: 1, Published: "0.95 (section 4.2)");
    private static readonly Statistic TestFve = new("logit FVE of the key frequencies on the test pairs; on all where the halves are not known", AtLeast: 0.9, AtMost: 1);

    public override string Id => "logits-as-cosines";

    public override string Sentence => "The logits can be replaced by cosines of w_k(a+b-c), one amplitude for each key frequency, and improve";

    public override string Source => "arXiv 2301.05217 section 4.2";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Loss, Accuracy, Fve, TestFve];

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        LossAndAccuracy? replaced = network.Ablation(Ablation.LogitsAsCosines);
        yield return Loss.Of(replaced?.Loss / network.Measures.All.Loss, network.KeyFrequencies.AbsenceReason);
        yield return Accuracy.Of(replaced?.Accuracy, network.KeyFrequencies.AbsenceReason);
        yield return Fve.Of(network.Measures.LogitFve, network.KeyFrequencies.AbsenceReason);
        yield return TestFve.Of(network.Measures.LogitFveTest ?? network.Measures.LogitFve, network.KeyFrequencies.AbsenceReason);
    }
}

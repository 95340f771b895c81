using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// Taking the key frequencies out of the logits destroys the network; keeping nothing else (and the mean) improves it.
/// </summary>
/// <remarks>
/// Statistic: loss and accuracy on all pairs with the key frequencies removed and with only them kept, against the untouched network.
/// Rule: removed, the loss is at least ln p (worse than knowing nothing) and accuracy at most 0.1; kept alone, the loss is at most 0.9 of the
/// full loss (paper section 4.4: 0.23; released wd 0.1 network: 0.006) and accuracy at least 0.99; and each key frequency is needed:
/// removing any one multiplies the loss by at least 2 (paper: by 800 and more).
/// </remarks>
internal sealed class AblationEffects : NetworkClaim
{
    private static readonly Statistic Untouched = new("accuracy on all pairs, untouched", AtLeast: 0.99, AtMost: 1, Published: "1 (section 4.4)");
    private static readonly Statistic RemovedLoss = new("loss without the key frequencies, over ln p", AtLeast: 1, Published: "1.3 on the train pairs (figure 7)");
    private static readonly Statistic RemovedAccuracy = new("accuracy without the key frequencies", AtMost: 0.1, Published: "0.016 on the train pairs (figure 7)");
    private static readonly Statistic OnlyLoss = new("loss with only the key frequencies, over the full loss", AtMost: 0.9, Published: "0.23 (section 4.4)");
    private static readonly Statistic OnlyAccuracy = new("accuracy with only the key frequencies", AtLeast: 0.99, AtMost: 1, Published: "1 (figure 7)");
    private static readonly Statistic EachIsNeeded = new("least loss without one of the key frequencies, over the full loss", AtLeast: 2, Published: "830 (authors' notebook)");

    public override string Id => "ablation-effects";

    public override string Sentence => "Removing the key frequencies destroys the network, keeping only them improves it";

    public override string Source => "arXiv 2301.05217 section 4.4";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Untouched, RemovedLoss, RemovedAccuracy, OnlyLoss, OnlyAccuracy, EachIsNeeded];

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        double full = network.Measures.All.Loss;
        LossAndAccuracy? removed = network.Ablation(Ablation.KeyFrequenciesRemoved);
        LossAndAccuracy? only = network.Ablation(Ablation.KeyFrequenciesOnly);
        yield return Untouched.Of(network.Measures.All.Accuracy);
        yield return RemovedLoss.Of(removed?.Loss / network.UniformLoss, noKeys);
        yield return RemovedAccuracy.Of(removed?.Accuracy, noKeys);
        yield return OnlyLoss.Of(only?.Loss / full, noKeys);
        yield return OnlyAccuracy.Of(only?.Accuracy, noKeys);
        yield return EachIsNeeded.Of(network.KeyFrequencies.Frequencies.Min(k => network.Ablation(Ablation.FrequencyRemoved(k))?.Loss / full), noKeys);
    }
}

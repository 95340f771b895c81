using GrokVerify.Training;

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
public sealed class AblationEffects : NetworkClaim
{
    public override string Id => "ablation-effects";

    public override string Sentence => "Removing the key frequencies destroys the network, keeping only them improves it";

    public override string Source => "arXiv 2301.05217 section 4.4";

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        double full = network.Measures.All.Loss;
        LossAndAccuracy? removed = Ablation(network, "key_frequencies_removed");
        LossAndAccuracy? only = Ablation(network, "key_frequencies_only");
        yield return new Finding("accuracy on all pairs, untouched", network.Measures.All.Accuracy, AtLeast: 0.99, AtMost: 1);
        yield return new Finding("loss without the key frequencies", removed?.Loss, AtLeast: network.UniformLoss, Absence: noKeys);
        yield return new Finding("accuracy without the key frequencies", removed?.Accuracy, AtMost: 0.1, Absence: noKeys);
        yield return new Finding("loss with only the key frequencies, over the full loss", only?.Loss / full, AtMost: 0.9, Absence: noKeys);
        yield return new Finding("accuracy with only the key frequencies", only?.Accuracy, AtLeast: 0.99, AtMost: 1, Absence: noKeys);
        foreach (int k in network.KeyFrequencies.Frequencies)
        {
            yield return new Finding($"loss without frequency {k}, over the full loss", Ablation(network, $"frequency_{k}_removed")?.Loss / full, AtLeast: 2);
        }
    }

    private static LossAndAccuracy? Ablation(NetworkEvidence network, string name) =>
        network.Ablations.TryGetValue(name, out LossAndAccuracy result) ? result : null;
}

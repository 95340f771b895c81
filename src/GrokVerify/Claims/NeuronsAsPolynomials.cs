using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Neurons compute degree-2 polynomials of the cosine and sine of their frequency: with these in their place the network works as before.</summary>
/// <remarks>
/// Statistic: loss, over the full loss, and accuracy with each neuron of FVE above 0.85 replaced by its best such polynomial; the share replaced; and the share of the loss between these neurons at their
/// means and the whole network that the polynomials recover.
/// Rule: at most 2 (paper: 2.48e-7 / 2.41e-7 = 1.03; on some seeds the polynomials are better than the neurons by far); accuracy at least 0.99; at least half of the neurons replaced (paper: 0.846), or nothing
/// would be shown; at least 0.99 recovered: the quotient of losses is near 1 whenever the full loss is bad, this share is not.
/// </remarks>
internal sealed class NeuronsAsPolynomials : NetworkClaim
{
    private static readonly Statistic Loss = new("loss with neurons as polynomials, over the full loss", AtMost: 2, Published: "1.03 (section 4.4)");
    private static readonly Statistic Accuracy = new("accuracy with neurons as polynomials", AtLeast: 0.99, AtMost: 1);
    private static readonly Statistic Replaced = new("share of neurons replaced", AtLeast: 0.5, AtMost: 1, Published: "0.846 (section 4.3)");

    private static readonly Statistic Recovered = new("share of the loss that the neurons at their means cost, made good by the polynomials", AtLeast: 0.99);

    public override string Id => "neurons-as-polynomials";

    public override string Sentence => "Neurons can be replaced by degree-2 polynomials of the cosine and sine of their frequency";

    public override string Source => "arXiv 2301.05217 section 4.4";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Loss, Accuracy, Replaced, Recovered];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        LossAndAccuracy replaced = network.Ablations[Ablation.NeuronsAsPolynomials];
        yield return Loss.Of(replaced.Loss / network.Measures.All.Loss);
        yield return Accuracy.Of(replaced.Accuracy);
        yield return Replaced.Of((double?)network.Measures.PureNeurons / network.Measures.NeuronCount);
        double means = network.Ablations[Ablation.PureNeuronsMean].Loss;
        double full = network.Measures.All.Loss;
        yield return Recovered.Of(means > full ? (means - replaced.Loss) / (means - full) : null, "the network is no worse with these neurons at their means");
    }
}

using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>The key frequencies, which are found in the logits alone, are those that the embedding, the neurons and the neuron-logit map are made of.</summary>
/// <remarks>
/// Statistic: of 1,000 random sets of as many frequencies, the share that has as much of the squared norm of W_E, of that of W_L, and as many neurons (<see cref="RandomFrequencySets"/>).
/// Rule: at most 0.01 each. A set that is best of all has 1/1001.
/// </remarks>
internal sealed class KeyFrequenciesInEveryPart : NetworkClaim
{
    private static readonly Statistic OfEmbedding = Share("of the squared norm of the embedding");
    private static readonly Statistic OfNeuronLogitMap = Share("of the squared norm of the neuron-logit map");
    private static readonly Statistic OfNeurons = Share("of the neurons");

    public override string Id => "key-frequencies-in-every-part";

    public override string Sentence => "The frequencies found in the logits are those of the embedding, of the neurons and of the neuron-logit map";

    public override string Source => "arXiv 2301.05217 sections 4.1 to 4.3, figure 3";

    public override IReadOnlyList<Statistic> Statistics { get; } = [OfEmbedding, OfNeuronLogitMap, OfNeurons];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        IReadOnlyList<int> keys = network.KeyFrequencies.Frequencies;
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        double? Of(IReadOnlyList<double> byFrequency) => noKeys is null ? RandomFrequencySets.ShareWithAsMuch(byFrequency, keys) : null;
        yield return OfEmbedding.Of(Of(Squares(network.Embedding.FrequencyNorms)), noKeys);
        yield return OfNeuronLogitMap.Of(Of(Squares(network.NeuronLogitMap.FrequencyNorms)), noKeys);
        yield return OfNeurons.Of(Of([.. Enumerable.Range(1, network.Embedding.FrequencyNorms.Count).Select(k => (double)network.Neurons.Frequencies.Count(frequency => frequency == k))]), noKeys);
    }

    private static double[] Squares(IReadOnlyList<double> norms) => [.. norms.Select(norm => norm * norm)];

    private static Statistic Share(string part) => new($"share of random sets of frequencies that have as much {part}", AtMost: 0.01);
}

using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// The embedding has lines beside the key frequencies, and they sit at doubled key frequencies: products of cos(w_k a) with itself.
/// </summary>
/// <remarks>
/// Statistic: the root mean square of the embedding's frequency norms at 2k folded into 1..(p-1)/2, k in K, not itself in K, over that at all other frequencies outside K.
/// Rule: at least 1.5. The paper's network has one line beside its five keys, at 31 = 113 - 2 * 41, of height 4.1 against 12 to 17 for the keys
/// (figure 3, read off; that it is a harmonic the paper does not say).
/// </remarks>
internal sealed class EmbeddingHarmonics : NetworkClaim
{
    private static readonly Statistic Doubled = new(
        "embedding norm at doubled key frequencies, over that at other frequencies", AtLeast: 1.5, Published: "a sixth line at twice 41 (figure 3)");

    public override string Id => "embedding-harmonics";

    public override string Sentence => "Further lines of the embedding sit at doubled key frequencies";

    public override string Source => "arXiv 2301.05217 section 4.1, figure 3";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Doubled];

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        int p = network.Prime;
        int[] keys = [.. network.KeyFrequencies.Frequencies];
        int[] doubled = [.. keys.Select(k => Math.Min(2 * k, p - (2 * k))).Except(keys).Distinct()];
        int[] others = [.. Enumerable.Range(1, (p - 1) / 2).Except(keys).Except(doubled)];
        double? ratio = doubled.Length > 0 && others.Length > 0 ? RootMeanSquare(network, doubled) / RootMeanSquare(network, others) : null;
        yield return Doubled.Of(ratio, network.KeyFrequencies.AbsenceReason ?? "every doubled key frequency is a key frequency");
    }

    private static double RootMeanSquare(NetworkEvidence network, int[] frequencies) =>
        Math.Sqrt(frequencies.Average(k => network.Embedding.FrequencyNorms[k - 1] * network.Embedding.FrequencyNorms[k - 1]));
}

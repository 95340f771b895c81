using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>Weight decay balances matrices that are multiplied with each other: they end with the same norm, neuron by neuron, and with the same inner products, head by head.</summary>
/// <remarks>
/// Statistic: quotients of the sums of squares of W_in and W_out, W_V and W_O, W_K and W_Q, W_out and W_U; over the neurons, the correlation of the squared norms that they read and write with; and how far
/// the Gram matrices of W_V and W_O, of W_Q and W_K are apart (<see cref="LayerBalance"/>).
/// Rule: from 0.8 to 1.25 each (published at epoch 39,000: 0.99, 1.00, 0.98, 1.04; the runs here are judged at the end of cleanup, long before); correlation at least 0.99; at most 0.05.
/// Initial weights pass three of the four quotients. Their correlation is 0, give or take 1/sqrt(512) = 0.04, and their Gram matrices are some 0.3 apart; the network that had memorized, on seed 0 of other
/// initial weights, has 0.90, 0.11 and 0.70, the one that had grokked 0.99997, 0.007 and 0.008.
/// </remarks>
internal sealed class WeightBalance : NetworkClaim
{
    private static readonly Statistic InOut = Ratio("W_in", "W_out", "0.99");
    private static readonly Statistic ValueOutput = Ratio("W_V", "W_O", "1.00");
    private static readonly Statistic KeyQuery = Ratio("W_K", "W_Q", "0.98");
    private static readonly Statistic OutUnembedding = Ratio("W_out", "W_U", "1.04");

    private static readonly Statistic Neurons = new("correlation over neurons of the squared norms of what they read and write with", AtLeast: 0.99, AtMost: 1);
    private static readonly Statistic ValueOutputGram = new("difference of the Gram matrices of W_V and W_O, as a share, largest of the heads", AtMost: 0.05);
    private static readonly Statistic QueryKeyGram = new("difference of the Gram matrices of W_Q and W_K, as a share, largest of the heads", AtMost: 0.05);

    public override string Id => "weight-balance";

    public override string Sentence => "Matrices that are multiplied with each other end balanced, neuron by neuron and head by head";

    public override string Source => "arXiv 2301.05217 figure 7; authors' notebook, norms by tensor at epoch 39,000";

    public override IReadOnlyList<Statistic> Statistics { get; } = [InOut, ValueOutput, KeyQuery, OutUnembedding, Neurons, ValueOutputGram, QueryKeyGram];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        IReadOnlyDictionary<string, double> norms = network.Measures.SumSquaredWeightsByTensor;
        yield return InOut.Of(norms["W_in"] / norms["W_out"]);
        yield return ValueOutput.Of(norms["W_V"] / norms["W_O"]);
        yield return KeyQuery.Of(norms["W_K"] / norms["W_Q"]);
        yield return OutUnembedding.Of(norms["W_out"] / norms["W_U"]);
        yield return Neurons.Of(network.Balance.NeuronCorrelation);
        yield return ValueOutputGram.Of(network.Balance.ValueOutput);
        yield return QueryKeyGram.Of(network.Balance.QueryKey);
    }

    private static Statistic Ratio(string first, string second, string published) =>
        new($"sum of squares of {first} over that of {second}", AtLeast: 0.8, AtMost: 1.25, Published: $"{published} (authors' notebook)");
}

using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Weight decay balances matrices that are multiplied with each other: they end with nearly the same norm.</summary>
/// <remarks>
/// Statistic: quotients of the sums of squares of W_in and W_out, W_V and W_O, W_K and W_Q, W_out and W_U.
/// Rule: from 0.8 to 1.25 each (published at epoch 39,000: 0.99, 1.00, 0.98, 1.04; the runs here are judged at the end of cleanup, long before).
/// </remarks>
internal sealed class WeightBalance : NetworkClaim
{
    private static readonly Statistic InOut = Ratio("W_in", "W_out", "0.99");
    private static readonly Statistic ValueOutput = Ratio("W_V", "W_O", "1.00");
    private static readonly Statistic KeyQuery = Ratio("W_K", "W_Q", "0.98");
    private static readonly Statistic OutUnembedding = Ratio("W_out", "W_U", "1.04");

    public override string Id => "weight-balance";

    public override string Sentence => "Matrices that are multiplied with each other end with the same norm";

    public override string Source => "arXiv 2301.05217 figure 7; authors' notebook, norms by tensor at epoch 39,000";

    public override IReadOnlyList<Statistic> Statistics { get; } = [InOut, ValueOutput, KeyQuery, OutUnembedding];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        IReadOnlyDictionary<string, double> norms = network.Measures.SumSquaredWeightsByTensor;
        yield return InOut.Of(norms["W_in"] / norms["W_out"]);
        yield return ValueOutput.Of(norms["W_V"] / norms["W_O"]);
        yield return KeyQuery.Of(norms["W_K"] / norms["W_Q"]);
        yield return OutUnembedding.Of(norms["W_out"] / norms["W_U"]);
    }

    private static Statistic Ratio(string first, string second, string published) =>
        new($"sum of squares of {first} over that of {second}", AtLeast: 0.8, AtMost: 1.25, Published: $"{published} (authors' notebook)");
}

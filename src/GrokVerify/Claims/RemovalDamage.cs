namespace GrokVerify.Claims;

/// <summary>The larger a key frequency's alpha, the worse its removal.</summary>
/// <remarks>
/// Statistic: Kendall's tau between |alpha_k| and the excluded loss of k alone on the train pairs, k in K.
/// Rule: at least 0.6 (exactly ordered, tau 1, on the released network of weight decay 0.1).
/// </remarks>
public sealed class RemovalDamage : NetworkClaim
{
    private static readonly Statistic Order = new(
        "Kendall's tau between |alpha_k| and the excluded loss of k", AtLeast: 0.6, AtMost: 1, Published: "1 (released wd 0.1 network)");

    public override string Id => "removal-damage";

    public override string Sentence => "Removing a key frequency does the more damage the larger its part in the logits";

    public override string Source => "arXiv 2301.05217 section 4.4; released weight-decay-0.1 network";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Order];

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        IReadOnlyList<int> keys = network.KeyFrequencies.Frequencies;
        double? tau = keys.Count > 1 && network.Measures.ExcludedTrainByFrequency is { } damage
            ? KendallsTau([.. keys.Select(k => Math.Abs(network.Measures.Alpha[k - 1]))], [.. keys.Select(k => damage[k].Loss)])
            : null;
        yield return Order.Of(tau, network.KeyFrequencies.AbsenceReason ?? network.Measures.SplitAbsence ?? "one key frequency has no order");
    }

    private static double KendallsTau(double[] first, double[] second)
    {
        int sum = 0;
        int pairs = 0;
        for (int i = 0; i < first.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Math.Sign(first[i] - first[j]) * Math.Sign(second[i] - second[j]);
                pairs++;
            }
        }

        return (double)sum / pairs;
    }
}

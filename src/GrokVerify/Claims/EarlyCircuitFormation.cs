using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>The circuit forms long before the test accuracy shows it: restricted and excluded loss move first. The embedding becomes sparse only in cleanup.</summary>
/// <remarks>
/// Statistic: the leads of <see cref="ProgressLeads"/> over test accuracy 0.5, each as a share of that epoch.
/// Rule: restricted loss leads by at least 25% (published, by the same definition on figure 7: 2,700 of 9,400, a lead of 71%), the excluded loss of all frequencies by at least 15% (published, interpolated:
/// 5,800 of 9,400, a lead of 38%; two seeds of the authors' code run again: 29% and 56%); the embedding's Gini coefficient does not lead (paper: it rises in cleanup).
/// The first rule asked that the key set's excluded loss had doubled, which a rise from 0.0005 to 0.001 does; and that the Gini coefficient leads, which the paper does not say.
/// </remarks>
internal sealed class EarlyCircuitFormation : RunClaim
{
    private static readonly Statistic Restricted = new("lead of restricted loss, as a share of the epoch of test accuracy 0.5", AtLeast: 0.25, AtMost: 1, Published: "0.71 (figure 7)");
    private static readonly Statistic Excluded = new("lead of the excluded loss of all frequencies, as a share of the epoch of test accuracy 0.5", AtLeast: 0.15, AtMost: 1, Published: "0.38 (figure 7)");
    private static readonly Statistic Gini = new("lead of the embedding's Gini coefficient, as a share of the epoch of test accuracy 0.5", AtMost: 0, Published: "rises in cleanup (section 5.2, figure 7)");

    public override string Id => "early-circuit-formation";

    public override string Sentence => "The circuit forms long before the test accuracy moves";

    public override string Source => "arXiv 2301.05217 section 5.2, figure 7";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Restricted, Excluded, Gini];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        var leads = ProgressLeads.Of(run.Curve);
        double? jump = leads.Jump;
        string absence = leads.Absence ?? "it had not moved before the jump";
        yield return Restricted.Of(leads.RestrictedLoss / jump, absence);
        yield return Excluded.Of(leads.ExcludedLoss / jump, absence);
        yield return Gini.Of(leads.GiniEmbedding / jump, absence);
    }
}

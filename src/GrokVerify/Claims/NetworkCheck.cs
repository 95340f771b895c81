using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Every claim about one run, as far as the run, or a network without its run, can answer.</summary>
public static class NetworkCheck
{
    /// <summary>The reason for a claim about a run.</summary>
    public const string NeedsRun = "needs the curve of a run, and this is one network";

    /// <summary>What every claim about how a network solves its task takes for granted, and a network that never learned it can meet the rest of by chance.</summary>
    private static readonly Statistic Presupposed = new("accuracy on all pairs, which the claim presupposes", AtLeast: NetworkEvidence.SolvedAccuracy, AtMost: 1);

    /// <returns>A result for each claim, in the order of the catalogue.</returns>
    public static IReadOnlyList<CheckedClaim> Of(NetworkEvidence network) => Of(network, claim => (claim as NetworkClaim)?.Judge(network));

    /// <inheritdoc cref="Of(NetworkEvidence)"/>
    public static IReadOnlyList<CheckedClaim> Of(RunEvidence run) => Of(run.Network, claim => claim.Judge(run));

    private static IReadOnlyList<CheckedClaim> Of(NetworkEvidence network, Func<RunClaim, ClaimResult?> judge) =>
    [
        .. ClaimCatalog.OfOneRun.Select(claim =>
            claim.Absence(network) is string absence ? new CheckedClaim(claim, null, absence)
            : judge(claim) is ClaimResult result ? new CheckedClaim(claim, Presupposing(network, result), null)
            : new CheckedClaim(claim, null, NeedsRun)),
    ];

    private static ClaimResult Presupposing(NetworkEvidence network, ClaimResult result) =>
        result is { Claim: NetworkClaim, Verdict: Verdict.Holds } && network.NotGrokked is not null
            ? result with { Findings = [.. result.Findings, Presupposed.Of(network.Measures.All.Accuracy)] }
            : result;
}

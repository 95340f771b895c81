using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Every claim about one run, as far as the run, or a network without its run, can answer.</summary>
public static class NetworkCheck
{
    /// <summary>The reason for a claim about a run.</summary>
    public const string NeedsRun = "needs the curve of a run, and this is one network";

    /// <returns>A result for each claim, in the order of the catalogue.</returns>
    public static IReadOnlyList<CheckedClaim> Of(NetworkEvidence network) => Of(network, claim => (claim as NetworkClaim)?.Judge(network));

    /// <inheritdoc cref="Of(NetworkEvidence)"/>
    public static IReadOnlyList<CheckedClaim> Of(RunEvidence run) => Of(run.Network, claim => claim.Judge(run));

    private static IReadOnlyList<CheckedClaim> Of(NetworkEvidence network, Func<RunClaim, ClaimResult?> judge) =>
    [
        .. ClaimCatalog.OfOneRun.Select(claim =>
            claim.Absence(network) is string absence ? new CheckedClaim(claim, null, absence)
            : judge(claim) is ClaimResult result ? new CheckedClaim(claim, result, null)
            : new CheckedClaim(claim, null, NeedsRun)),
    ];
}

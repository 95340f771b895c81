using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Every claim about one run on one network, as far as a network without its run can answer.</summary>
public static class NetworkCheck
{
    /// <summary>The reason for a claim about a run.</summary>
    public const string NeedsRun = "needs the curve of a run, and this is one network";

    /// <returns>A result for each claim, in the order of the catalogue.</returns>
    public static IReadOnlyList<CheckedClaim> Of(NetworkEvidence network) =>
    [
        .. ClaimCatalog.OfOneRun.Select(claim => claim is NetworkClaim applicable
            ? new CheckedClaim(claim, applicable.Judge(network), null)
            : new CheckedClaim(claim, null, NeedsRun)),
    ];
}

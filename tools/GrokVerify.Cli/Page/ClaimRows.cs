using GrokVerify.Claims;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Engines;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>Every claim of the catalogue as a row of the table.</summary>
internal static class ClaimRows
{
    /// <param name="reproduction">A run and the claims judged on it.</param>
    /// <param name="evidence">The folder of the claims' evidence; null for none.</param>
    public static IReadOnlyList<ClaimRow> Of(ReproductionResult reproduction, string? evidence)
    {
        TrainingConfig config = reproduction.Run.Config;
        string replay = ReplayCommand.Of(new PlannedRun("", config, reproduction.Run.Schedule), reproduction.Run.Identity.Engine);
        return Of(reproduction.Claims, evidence, reproduction.IsMainline, reproduction.IsMainline ? config.Seed : null, replay);
    }

    /// <param name="judged">The claims about one run, each judged on the network of the page or with the reason why it was not.</param>
    /// <param name="evidence">As above.</param>
    /// <param name="isComparable">Whether the published values are of this setting.</param>
    /// <param name="seed">The network's seed where it is one of the paper's setting, else null.</param>
    /// <param name="replay">The command that makes the network again; null where there is none.</param>
    public static IReadOnlyList<ClaimRow> Of(IReadOnlyList<CheckedClaim> judged, string? evidence, bool isComparable, long? seed, string? replay)
    {
        ClaimEvidence? Evidence(Claim claim) => evidence is null ? null : ClaimEvidence.Read(evidence, claim);
        return
        [
            .. judged.Select(claim => new ClaimRow(claim.Claim, claim.Result, claim.NotApplicable, isComparable, seed, Evidence(claim.Claim), replay)),
            .. ClaimCatalog.All.Except(ClaimCatalog.OfOneRun).Select(claim => new ClaimRow(claim, null, "about several networks, and this page is of one", isComparable, seed, Evidence(claim), null)),
        ];
    }
}

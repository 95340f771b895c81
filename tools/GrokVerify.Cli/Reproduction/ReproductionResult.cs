using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Reproduction;

/// <summary>What a reproduction found: the run, its evidence, its phases, and every claim judged on it, or why it is not applicable.</summary>
internal sealed record ReproductionResult(TrainingRun Run, RunEvidence Evidence, PhaseTimeline Phases, IReadOnlyList<CheckedClaim> Claims)
{
    /// <summary>The claims that are applicable.</summary>
    public IReadOnlyList<ClaimResult> Judged { get; } = [.. Claims.Select(claim => claim.Result).OfType<ClaimResult>()];

    /// <summary>True when the run has the paper's setting, so that its numbers stand beside the paper's.</summary>
    public bool IsMainline => PublishedMainline.IsSettingOf(Run.Config);

    /// <param name="run">A finished run.</param>
    /// <param name="evidence">Its checkpoints, measured.</param>
    public static ReproductionResult Of(TrainingRun run, RunEvidence evidence) => new(run, evidence, PhaseTimeline.Of(evidence.Rows, evidence.Curve), NetworkCheck.Of(evidence));
}

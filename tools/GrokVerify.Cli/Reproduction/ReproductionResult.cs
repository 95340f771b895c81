using GrokVerify.Claims;
using GrokVerify.Formats;
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
    /// <param name="progress">Told each measured checkpoint, the last first.</param>
    /// <param name="damaged">Told of checkpoints that are left out.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    public static ReproductionResult Measure(TrainingRun run, IProgress<MeasurePoint> progress, IProgress<CheckpointException> damaged, CancellationToken cancellation)
    {
        var evidence = RunEvidence.Measure(run, schedule: null, progress, damaged, cancellation);
        return new ReproductionResult(
            run,
            evidence,
            PhaseTimeline.Of(evidence.Rows, evidence.Curve),
            NetworkCheck.Of(evidence));
    }
}

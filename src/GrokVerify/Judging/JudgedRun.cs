using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>A trained run with its evidence: what a claim is judged on, and how to train it again.</summary>
/// <param name="Plan">What was planned. The stored run may go on further, if somebody asked for more of it; the evidence ends where the plan does.</param>
/// <param name="Run">The run folder.</param>
/// <param name="Evidence">Its measures, by the planned checkpoints.</param>
public sealed record JudgedRun(PlannedRun Plan, TrainingRun Run, RunEvidence Evidence)
{
    /// <summary>Which run this is, in words.</summary>
    public string Name => Plan.Name;

    /// <summary>The command that trains it again.</summary>
    public string Replay => ReplayCommand.Of(Plan, Run.Identity.Engine);

    /// <summary>Measures a run by its plan.</summary>
    public static JudgedRun Measure(PlannedRun plan, TrainingRun run, CancellationToken cancellation) => Measure(plan, run, progress: null, cancellation);

    /// <summary>The same, told each checkpoint that is measured, the last first.</summary>
    internal static JudgedRun Measure(PlannedRun plan, TrainingRun run, IProgress<(PlannedRun Plan, MeasurePoint Point)>? progress, CancellationToken cancellation) =>
        new(plan, run, RunEvidence.Measure(run, plan.Schedule, progress is null ? null : new OfPlan(plan, progress), cancellation: cancellation));

    private sealed class OfPlan(PlannedRun plan, IProgress<(PlannedRun Plan, MeasurePoint Point)> listener) : IProgress<MeasurePoint>
    {
        public void Report(MeasurePoint value) => listener.Report((plan, value));
    }
}

namespace GrokVerify.Judging;

/// <summary>A claim about a family of runs together: how they differ where one setting differs.</summary>
internal abstract class SweepClaim : Claim
{
    /// <summary>What has to be trained.</summary>
    public abstract IReadOnlyList<PlannedRun> Plan { get; }

    /// <summary>Judges the runs together.</summary>
    /// <param name="runs">The runs of the plan, in its order.</param>
    /// <exception cref="ArgumentException">They are other runs, or in another order.</exception>
    public ClaimResult Judge(IReadOnlyList<TrainedCurve> runs) => runs.Select(run => run.Plan).SequenceEqual(Plan)
        ? new ClaimResult(this, [.. Find(runs)])
        : throw new ArgumentException($"{Id} is judged on the runs of its plan, in its order: {string.Join("; ", Plan.Select(run => run.Name))}", nameof(runs));

    protected abstract IEnumerable<Finding> Find(IReadOnlyList<TrainedCurve> runs);
}

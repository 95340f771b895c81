namespace GrokVerify.Judging;

/// <summary>A claim about networks of other architectures than the paper's, trained side by side.</summary>
internal abstract class ArchitectureClaim : Claim
{
    /// <summary>What has to be trained to judge the claim; a seed's plan is judged as one.</summary>
    public abstract IReadOnlyList<PlannedRun> Plan(long seed);

    /// <summary>Judges what came of a plan.</summary>
    /// <param name="outcomes">In the order of the plan.</param>
    /// <exception cref="ArgumentException">There are not as many as the plan has runs.</exception>
    public ClaimResult Judge(IReadOnlyList<TrialOutcome> outcomes)
    {
        int planned = Plan(seed: 0).Count;
        return outcomes.Count == planned
            ? new ClaimResult(this, [.. Find(outcomes)])
            : throw new ArgumentException($"{Id} is judged on {planned} runs, but {outcomes.Count} outcomes were given", nameof(outcomes));
    }

    protected abstract IEnumerable<Finding> Find(IReadOnlyList<TrialOutcome> outcomes);
}

namespace GrokVerify.Judging;

/// <summary>A claim about how runs that differ in their seed alone differ from each other.</summary>
internal abstract class SeedsClaim : Claim
{
    /// <summary>Judges several runs together.</summary>
    /// <param name="runs">Runs of one setting, each with another seed, two or more.</param>
    public ClaimResult Judge(IReadOnlyList<RunEvidence> runs) => new(this, [.. Find(runs)]);

    protected abstract IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs);
}

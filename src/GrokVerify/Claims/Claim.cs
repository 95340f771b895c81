namespace GrokVerify.Claims;

/// <summary>A finding of the paper as a decision: a statistic, and a rule fixed before looking.</summary>
public abstract class Claim
{
    /// <summary>Short and stable, lower case with hyphens.</summary>
    public abstract string Id { get; }

    /// <summary>The claim as a sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>Where it is made: paper section, figure, or released data.</summary>
    public abstract string Source { get; }

    /// <summary>Judges one run.</summary>
    public ClaimResult Judge(RunEvidence run) => new(this, [.. Find(run)]);

    protected abstract IEnumerable<Finding> Find(RunEvidence run);
}

namespace GrokVerify.Claims;

/// <summary>A claim that is judged on one run.</summary>
public abstract class RunClaim : Claim
{
    /// <summary>Judges one run.</summary>
    public ClaimResult Judge(RunEvidence run) => new(this, [.. Find(run)]);

    protected abstract IEnumerable<Finding> Find(RunEvidence run);
}

namespace GrokVerify.Judging;

/// <summary>A claim that is judged on one run; over several seeds, as many have to show it as <see cref="SeedRule"/> says.</summary>
public abstract class RunClaim : Claim
{
    /// <summary>Why the claim says nothing about a network, for want of a part of it; null where it can be judged.</summary>
    public virtual string? Absence(NetworkEvidence network) => null;

    /// <summary>Judges one run.</summary>
    public ClaimResult Judge(RunEvidence run) => new(this, [.. Find(run)]);

    protected abstract IEnumerable<Finding> Find(RunEvidence run);
}

namespace GrokVerify.Judging;

/// <summary>A claim about a network as it ends up, whatever way it came there: it can be judged on a network without a run.</summary>
internal abstract class NetworkClaim : RunClaim
{
    /// <summary>Judges one network.</summary>
    public ClaimResult Judge(NetworkEvidence network) => new(this, [.. Find(network)]);

    protected abstract IEnumerable<Finding> Find(NetworkEvidence network);

    protected sealed override IEnumerable<Finding> Find(RunEvidence run) => Find(run.Network);
}

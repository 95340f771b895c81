namespace GrokVerify.Judging;

/// <summary>A claim about a family of runs, with the runs.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Runs">The runs of its plan, in its order.</param>
/// <param name="Spoiled">How the runs were spoiled to see whether the claim notices; empty where they were not.</param>
internal sealed record Sweep(SweepClaim Claim, IReadOnlyList<TrainedCurve> Runs, string Spoiled)
{
    /// <summary>The same runs taken for one another: run i of the plan gets the rows of run order[i]; those past the end of the order keep theirs.</summary>
    public Sweep Exchanged(params int[] order) => this with
    {
        Runs = [.. Runs.Select((run, index) => index < order.Length ? run with { Rows = Runs[order[index]].Rows } : run)],
        Spoiled = $"runs in the order {string.Join(' ', order)}",
    };

    /// <summary>One run replaced by another.</summary>
    public Sweep With(int index, TrainedCurve other) => this with
    {
        Runs = [.. Runs.Select((run, at) => at == index ? run with { Rows = other.Rows } : run)],
        Spoiled = other.Plan.Name,
    };

    /// <summary>Judges the claim on the runs as they are here.</summary>
    public ClaimResult Judge() => Claim.Judge(Runs);
}

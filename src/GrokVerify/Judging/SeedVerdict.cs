namespace GrokVerify.Judging;

/// <summary>A claim about one run, judged on runs that differ in their seed.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Rule">How many seeds have to show it.</param>
/// <param name="Judged">The runs that were judged, in their order; fewer than the rule has seeds where fewer decide it.</param>
public sealed record SeedVerdict(RunClaim Claim, SeedRule Rule, IReadOnlyList<(JudgedRun Run, ClaimResult Result)> Judged)
{
    /// <summary>How many of them show the claim.</summary>
    public int Showing => Judged.Count(seed => seed.Result.Verdict == Verdict.Holds);

    /// <summary>True when enough seeds show the claim.</summary>
    public bool IsReproduced => Rule.IsReproducedBy(Showing);

    /// <summary>The run that misses most of the claim's rules.</summary>
    public JudgedRun Worst => Judged.MaxBy(seed => seed.Result.Findings.Count(finding => !finding.Holds)).Run;

    /// <param name="claim">The claim.</param>
    /// <param name="runs">The runs to judge.</param>
    public static SeedVerdict Of(RunClaim claim, IEnumerable<JudgedRun> runs) => new(claim, SeedRule.Default, [.. runs.Select(run => (run, claim.Judge(run.Evidence)))]);

    /// <summary>How the seeds decide, in words.</summary>
    public string Decision =>
        $"{Showing} of {Judged.Count} seeds show it, {Rule.Needed} of {Rule.Seeds} have to{(Judged.Count < Rule.Seeds && Rule.IsDecidedBy(Judged.Count, Showing) ? ": decided without the others, which were not trained" : "")}";

    public override string ToString() => $"{Claim.Id}: {Decision}\n{string.Join('\n', Judged.Select(seed => $"{seed.Run.Name}: {seed.Result}"))}";
}

namespace GrokVerify.Judging;

/// <summary>A claim judged on one run: every statistic with its bounds. The claim holds when all of them do.</summary>
public sealed record ClaimResult(Claim Claim, IReadOnlyList<Finding> Findings)
{
    public Verdict Verdict => Findings.All(finding => finding.Holds) ? Verdict.Holds : Verdict.DoesNotHold;

    public override string ToString() =>
        $"{Claim.Id}: {(Verdict == Verdict.Holds ? "holds" : "does not hold")}{string.Concat(Findings.Select(finding => $"\n  {finding}"))}";
}

using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <summary>What one run says of a claim. A failure prints every statistic with its rule, and the command that trains the run again.</summary>
public sealed class ExampleRunAssertions(ExampleRun run) : ReferenceTypeAssertions<ExampleRun, ExampleRunAssertions>(run)
{
    protected override string Identifier => "run";

    /// <summary>The claim does not hold on this run, and this statistic, among others perhaps, is why.</summary>
    public void Refute<TClaim>(string statistic)
        where TClaim : RunClaim, new()
    {
        ClaimResult result = new TClaim().Judge(Subject.Evidence);
        ClaimEvidence.Attach(result, Subject);
        Finding[] decisive = [.. result.Findings.Where(finding => finding.Statistic.Name.StartsWith(statistic, StringComparison.Ordinal))];
        Execute.Assertion
            .ForCondition(result.Verdict == Verdict.DoesNotHold && decisive.Length > 0 && decisive.All(finding => !finding.Holds))
            .FailWith("Expected {0} to refute {1} by its {2}, but it came out so:\n{3}\nReplay: {4}", Subject.Name, result.Claim.Id, statistic, result.ToString(), Subject.Replay);
    }
}

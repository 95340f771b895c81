using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <summary>Claims as sentences about a run. A failure prints every statistic with its rule, and the command that trains the run again.</summary>
public sealed class ExampleRunAssertions(ExampleRun run) : ReferenceTypeAssertions<ExampleRun, ExampleRunAssertions>(run)
{
    protected override string Identifier => "run";

    public void GeneralizeLongAfterMemorizing() => Satisfy(new GeneralizationAfterMemorization());

    public void ComputeWithFewKeyFrequencies() => Satisfy(new KeyFrequencySparsity());

    public void DependOnItsKeyFrequenciesAlone() => Satisfy(new AblationEffects());

    public void RelyOnItsKeyFrequenciesBeforeItGeneralizes() => Satisfy(new ExcludedLossRise());

    /// <summary>The claim does not hold on this run, and this statistic, among others perhaps, is why.</summary>
    public void Refute(Claim claim, string statistic)
    {
        ClaimResult result = Judge(claim);
        Finding[] decisive = [.. result.Findings.Where(finding => finding.Statistic.Name.StartsWith(statistic, StringComparison.Ordinal))];
        Execute.Assertion
            .ForCondition(result.Verdict == Verdict.DoesNotHold && decisive.Length > 0 && decisive.All(finding => !finding.Holds))
            .FailWith("Expected {0} to refute {1} by its {2}, but it came out so:\n{3}\nReplay: {4}", Subject.Name, claim.Id, statistic, result.ToString(), Subject.Replay);
    }

    private void Satisfy(Claim claim)
    {
        ClaimResult result = Judge(claim);
        Execute.Assertion
            .ForCondition(result.Verdict == Verdict.Holds)
            .FailWith("Expected {0} to show: {1}; but\n{2}\nReplay: {3}", Subject.Name, claim.Sentence, result.ToString(), Subject.Replay);
    }

    private ClaimResult Judge(Claim claim)
    {
        ClaimResult result = ((RunClaim)claim).Judge(Subject.Evidence);
        ClaimEvidence.Attach(result, Subject);
        return result;
    }
}

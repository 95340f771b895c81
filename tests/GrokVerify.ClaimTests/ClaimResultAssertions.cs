using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

internal static class ClaimResultExtensions
{
    public static ClaimResultAssertions Should(this ClaimResult result) => new(result);
}

/// <summary>A claim about several runs together. A failure prints every statistic with its rule, and the command that trains and judges the runs again.</summary>
internal sealed class ClaimResultAssertions(ClaimResult result) : ReferenceTypeAssertions<ClaimResult, ClaimResultAssertions>(result)
{
    protected override string Identifier => "result";

    public void Hold()
    {
        Report();
        Execute.Assertion.ForCondition(Subject.Verdict == Verdict.Holds).FailWith(
            "Expected the runs to show: {0}; but\n{1}\nReplay: dotnet test tests/GrokVerify.ClaimTests --filter FullyQualifiedName~{2}",
            Subject.Claim.Sentence, Subject.ToString(), Subject.Claim.GetType().Name);
    }

    /// <summary>The claim does not hold, by these statistics and no others.</summary>
    public void BeRefutedBy(params Statistic[] statistics)
    {
        Report();
        Subject.Findings.Where(finding => !finding.Holds).Select(finding => finding.Statistic.Name).Should().BeEquivalentTo(
            statistics.Select(statistic => statistic.Name), "these statistics refute: {0}; but\n{1}", Subject.Claim.Sentence, Subject);
    }

    private void Report()
    {
        TestContext.Out.WriteLine(Subject);
        if (Subject.Claim is SeedsClaim)
        {
            RunTraining.Attach(files => files.Write(Subject));
        }
    }
}

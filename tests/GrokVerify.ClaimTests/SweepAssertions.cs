using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

internal static class SweepExtensions
{
    public static SweepAssertions Should(this Sweep sweep) => new(sweep);
}

/// <summary>Claims about families of runs as sentences. A failure prints every statistic with its rule, and the command that trains and judges the runs again.</summary>
internal sealed class SweepAssertions(Sweep sweep) : ReferenceTypeAssertions<Sweep, SweepAssertions>(sweep)
{
    protected override string Identifier => "sweep";

    private string Replay => $"dotnet test tests/GrokVerify.ClaimTests --filter FullyQualifiedName~{Subject.Claim.GetType().Name}";

    /// <summary>The claim holds on these runs.</summary>
    public void ShowIt()
    {
        ClaimResult result = Judge();
        Execute.Assertion
            .ForCondition(result.Verdict == Verdict.Holds)
            .FailWith("Expected the runs to show: {0}; but\n{1}\nReplay: {2}", Subject.Claim.Sentence, result.ToString(), Replay);
    }

    /// <summary>The claim does not hold on these runs, and these statistics, among others perhaps, are why.</summary>
    public void RefuteItBy(params string[] statistics)
    {
        ClaimResult result = Judge();
        foreach (string statistic in statistics)
        {
            Finding[] decisive = [.. result.Findings.Where(finding => finding.Statistic.Name.StartsWith(statistic, StringComparison.Ordinal))];
            Execute.Assertion
                .ForCondition(result.Verdict == Verdict.DoesNotHold && decisive.Length == 1 && !decisive[0].Holds)
                .FailWith("Expected {0} to refute {1} by its {2}, but it came out so:\n{3}\nReplay: {4}", Subject.Spoiled, Subject.Claim.Id, statistic, result.ToString(), Replay);
        }
    }

    private ClaimResult Judge()
    {
        ClaimResult result = Subject.Judge();
        TestContext.Out.WriteLine($"{Subject.Spoiled} {result}".TrimStart());
        if (Subject.Spoiled.Length == 0)
        {
            RunTraining.Attach(files => files.Write(result, Subject.Runs));
        }

        return result;
    }
}

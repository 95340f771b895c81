using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <summary>Claims over seeds. A failure prints every seed's statistics with their rules, the rule over seeds with its error rates, and the command that trains the worst seed again.</summary>
public sealed class SeedRunsAssertions(SeedRuns runs) : ReferenceTypeAssertions<SeedRuns, SeedRunsAssertions>(runs)
{
    private static readonly SeedRule Rule = SeedRule.Default;

    protected override string Identifier => "seeds";

    /// <summary>At least as many seeds show the claim as the rule asks for.</summary>
    public void Show<TClaim>()
        where TClaim : RunClaim, new() => Show(new TClaim());

    /// <inheritdoc cref="Show{TClaim}"/>
    public void Show(RunClaim claim)
    {
        (ExampleRun Run, ClaimResult Result)[] judged = [.. Subject.Runs.Select(run => (run, claim.Judge(run.Evidence)))];
        foreach ((ExampleRun run, ClaimResult result) in judged)
        {
            ClaimEvidence.Attach(result, run);
        }

        int showing = judged.Count(seed => seed.Result.Verdict == Verdict.Holds);
        ExampleRun worst = judged.MaxBy(seed => seed.Result.Findings.Count(finding => !finding.Holds)).Run;
        string calibrated = Calibration.OfThisRepository.RatesOf(claim);
        TestContext.Out.WriteLine($"{claim.Id}: {showing} of {judged.Length} seeds show it; {calibrated}");
        Execute.Assertion
            .ForCondition(Rule.IsReproducedBy(showing) && judged.Length == Rule.Seeds)
            .FailWith(
                "Expected {0} of {1} seeds or more to show: {2}; but {3} do ({4}).\n{5}\nReplay of the worst, {6}: {7}",
                Rule.Needed,
                Rule.Seeds,
                claim.Sentence,
                showing,
                calibrated,
                string.Join('\n', judged.Select(seed => $"{seed.Run.Name}: {seed.Result}")),
                worst.Name,
                worst.Replay);
    }

    /// <summary>The seeds together show a claim about how they differ.</summary>
    public void Together<TClaim>()
        where TClaim : SeedsClaim, new()
    {
        ClaimResult result = new TClaim().Judge([.. Subject.Runs.Select(run => run.Evidence)]);
        TestContext.Out.WriteLine(result);
        Execute.Assertion
            .ForCondition(result.Verdict == Verdict.Holds)
            .FailWith("Expected the seeds together to show: {0}; but\n{1}\nReplay of the first: {2}", result.Claim.Sentence, result.ToString(), Subject.Runs[0].Replay);
    }
}

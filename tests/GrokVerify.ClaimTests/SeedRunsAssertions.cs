using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Judging;

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
        (ExampleRun Run, ClaimResult Result)[] judged = Judge(claim);
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

    /// <summary>
    /// The claim does not hold on the run of the default tier, and this statistic, among others perhaps, is why. Of fresh seeds fewer show it than the rule over seeds asks for; by which
    /// statistic differs from seed to seed.
    /// </summary>
    public void Refute<TClaim>(string statistic)
        where TClaim : RunClaim, new()
    {
        var claim = new TClaim();
        (ExampleRun Run, ClaimResult Result)[] judged = Judge(claim);
        int showing = judged.Count(seed => seed.Result.Verdict == Verdict.Holds);
        bool isRefuted = TrainingTier.IsNightly
            ? showing < Math.Min(Rule.Needed, judged.Length)
            : judged.All(seed => IsReason(seed.Result, statistic));
        TestContext.Out.WriteLine($"{claim.Id}: {showing} of {judged.Length} controls show it");
        Execute.Assertion.ForCondition(isRefuted).FailWith(
            "Expected {0} to refute {1} by its {2}, but {3} of {4} show it:\n{5}\nReplay of the first: {6}",
            string.Join("; ", judged.Select(seed => seed.Run.Name)),
            claim.Id,
            statistic,
            showing,
            judged.Length,
            string.Join('\n', judged.Select(seed => $"{seed.Run.Name}: {seed.Result}")),
            judged[0].Run.Replay);
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

    private static bool IsReason(ClaimResult result, string statistic)
    {
        Finding[] decisive = [.. result.Findings.Where(finding => finding.Statistic.Name.StartsWith(statistic, StringComparison.Ordinal))];
        return decisive.Length > 0 && decisive.All(finding => !finding.Holds);
    }

    private (ExampleRun Run, ClaimResult Result)[] Judge(RunClaim claim)
    {
        (ExampleRun Run, ClaimResult Result)[] judged = [.. Subject.Runs.Select(run => (run, claim.Judge(run.Evidence)))];
        foreach ((ExampleRun run, ClaimResult result) in judged)
        {
            ClaimEvidence.Attach(result, run);
        }

        return judged;
    }
}

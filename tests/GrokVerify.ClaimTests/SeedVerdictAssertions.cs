using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

internal static class SeedVerdictExtensions
{
    public static SeedVerdictAssertions Should(this SeedVerdict verdict) => new(verdict);
}

/// <summary>Claims over seeds. A failure prints every seed's statistics with their rules, the rule over seeds with its error rates, and the command that trains the worst seed again.</summary>
internal sealed class SeedVerdictAssertions(SeedVerdict verdict) : ReferenceTypeAssertions<SeedVerdict, SeedVerdictAssertions>(verdict)
{
    protected override string Identifier => "verdict";

    /// <summary>At least as many seeds show the claim as the rule asks for.</summary>
    public void BeReproduced()
    {
        RunTraining.Attach(files => files.Write(Subject));
        string calibrated = Calibration.OfThisRepository.RatesOf(Subject.Claim);
        TestContext.Out.WriteLine($"{Subject}\n{calibrated}");
        Execute.Assertion.ForCondition(Subject.IsReproduced).FailWith(
            "Expected {0} of {1} seeds or more to show: {2}; but {3} do ({4}).\n{5}\nReplay of the worst, {6}: {7}",
            Subject.Rule.Needed, Subject.Rule.Seeds, Subject.Claim.Sentence, Subject.Showing, calibrated, Subject.ToString(), Subject.Worst.Name, Subject.Worst.Replay);
    }
}

using FluentAssertions.Execution;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>What is asked of every claim about one run: enough seeds of the mainline show it, and every control that the golden matrix names refutes it.</summary>
[Category("Claim")]
internal abstract class RunClaimTests<TClaim>
    where TClaim : RunClaim, new()
{
    private static readonly TClaim Claim = new();

    private static IEnumerable<Control> Controls => ControlMatrix.OfThisRepository.RefutedBy(Claim);

    /// <summary>
    /// On the first seed the claim fails by the statistics that the matrix has, and by no others. Of fresh seeds fewer show it than the rule over seeds asks for; by which statistic differs from
    /// seed to seed.
    /// </summary>
    [TestCaseSource(nameof(Controls))]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, CancellationToken cancellation)
    {
        AssumeAskable(control);
        IReadOnlyList<JudgedRun> runs = TrainingTier.IsNightly
            ? RunTraining.Mainline.SpoiledSeeds(control, cancellation)
            : [RunTraining.Mainline.Spoiled(control, cancellation)];
        var verdict = SeedVerdict.Of(Claim, runs);
        RunTraining.Attach(files => files.WriteRuns(verdict));
        TestContext.Out.WriteLine(verdict);
        string expected = ControlMatrix.OfThisRepository.Cell(Claim, control);
        bool isRefuted = TrainingTier.IsNightly
            ? verdict.Showing < Math.Min(verdict.Rule.Needed, runs.Count)
            : ControlMatrix.Cell(verdict.Judged[0].Result) == expected;
        Execute.Assertion.ForCondition(isRefuted).FailWith(
            "Expected {0} to refute {1} by its statistics {2}, but {3} of {4} show it:\n{5}\nReplay of the first: {6}",
            control, Claim.Id, expected, verdict.Showing, runs.Count, verdict.ToString(), runs[0].Replay);
    }

    /// <summary>Makes the test inconclusive where a control says nothing about the claim on this tier's seeds.</summary>
    protected virtual void AssumeAskable(Control control)
    {
    }

    protected static void RequireSeedsToShowIt(CancellationToken cancellation) => RunTraining.Mainline.Judge(Claim, cancellation).Should().BeReproduced();
}

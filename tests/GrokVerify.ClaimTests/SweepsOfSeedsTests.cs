using FluentAssertions.Execution;
using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>The paper-scale sweeps on five fresh seeds: each claim is shown by three or more. Needs a GPU: on two cores the sweeps of one seed take an hour.</summary>
[Category("Claim")]
public class SweepsOfSeedsTests
{
    /// <summary>A sweep takes further runs from the two seeds after its own.</summary>
    private const int SeedsOfSweep = 3;

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Three_of_five_seeds_show_each_claim_about_a_sweep(CancellationToken cancellation)
    {
        if (!TrainingTier.IsNightly || !TrainingTier.IsOnGpu)
        {
            Assert.Ignore("two hundred runs at p = 113: the nightly tier on a GPU");
        }

        SeedRule rule = SeedRule.Default;
        IReadOnlyList<SweepClaim>[] bySeed = [.. Enumerable.Range(0, rule.Seeds).Select(i => ClaimCatalog.SweepsAt(SweepScale.Paper, TrainingTier.FirstSeed + (SeedsOfSweep * i)))];
        var family = new SweepFamily(RunTraining.Sweep, [.. bySeed.SelectMany(claims => claims)]);

        using var allClaims = new AssertionScope();
        foreach (int claim in Enumerable.Range(0, bySeed[0].Count))
        {
            ClaimResult[] results = [.. bySeed.Select(claims => family.Of(claims[claim], cancellation).Judge())];
            int showing = results.Count(result => result.Verdict == Verdict.Holds);
            string told = string.Join("\n", results.Select((result, i) => $"seed {TrainingTier.FirstSeed + (SeedsOfSweep * i)}: {result}"));
            TestContext.Out.WriteLine(told);
            Execute.Assertion.ForCondition(rule.IsReproducedBy(showing)).FailWith(
                "Expected {0} of {1} seeds to show {2}, but {3} do:\n{4}", rule.Needed, rule.Seeds, bySeed[0][claim].Sentence, showing, told);
        }
    }
}

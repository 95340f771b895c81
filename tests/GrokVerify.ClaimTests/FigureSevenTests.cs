using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="FigureSeven"/>
[Category("Claim")]
public class FigureSevenTests
{
    /// <summary>A finding, not a pass: the rule was derived from the authors' code before our network was compared, and one statistic misses it.</summary>
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Seed_0_goes_the_way_of_the_figure_but_for_the_restricted_loss_after_the_jump(CancellationToken cancellation) =>
        new FigureSeven().Judge([.. Seeds.Select(seed => RunTraining.Mainline.Seed(seed, cancellation).Evidence)]).Should().BeRefutedBy(FigureSeven.RestrictedAfter);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Other_seeds_go_another_way_by_more_than_that(CancellationToken cancellation)
    {
        foreach (long seed in Seeds.Where(seed => seed > 0))
        {
            ClaimResult result = new FigureSeven().Judge([RunTraining.Mainline.Seed(seed, cancellation).Evidence]);
            TestContext.Out.WriteLine($"seed {seed}: {result}");
            result.Findings.Should().Contain(finding => !finding.Holds && finding.Statistic != FigureSeven.RestrictedAfter, "seed {0} is not the paper's network", seed);
        }
    }

    private static IEnumerable<long> Seeds => TrainingTier.Seeds.Take(SeedRule.Default.Needed).Except([0L]).Prepend(0);

    [TestCase(Control.NoWeightDecay)]
    [TestCase(Control.ShuffledLabels)]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_that_does_not_generalize_goes_another_way(Control control, CancellationToken cancellation) =>
        new FigureSeven().Judge([RunTraining.Mainline.Spoiled(control, cancellation).Evidence]).Verdict.Should().Be(Verdict.DoesNotHold);
}

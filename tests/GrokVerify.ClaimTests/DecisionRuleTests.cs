using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>The rules over seeds, replayed on resamples of the calibration and of the controls.</summary>
[Category("Fast")]
public class DecisionRuleTests
{
    /// <summary>The false alarms that one claim may raise for a new draw of seeds.</summary>
    private const double FalseAlarmBudget = 0.01;
    private const int Resamples = 20_000;
    private static readonly SeedRule Rule = SeedRule.Default;

    private static IEnumerable<RunClaim> Claims => ClaimCatalog.OfOneRun;

    [Test]
    public void The_calibration_has_every_statistic_of_the_catalogue_on_forty_seeds_or_more()
    {
        Calibration.OfThisRepository.Seeds.Should().HaveCountGreaterThanOrEqualTo(40).And.OnlyHaveUniqueItems();
        Calibration.OfThisRepository.Rows.Should().BeEquivalentTo(
            Claims.SelectMany(claim => claim.Statistics.Select(statistic => (claim.Id, statistic.Name))));
    }

    [Test]
    public void False_alarms_stay_within_the_budget() =>
        Claims.Where(claim => Resample(Calibration.OfThisRepository.Shows(claim)) > FalseAlarmBudget).Select(claim => claim.Id).Should().BeEmpty();

    /// <summary>At the least rate that the calibrated seeds allow (95%), for claims that all of them show. Those that one seed or more do not show are strict exceptions: they have to go on being some.</summary>
    [Test]
    public void False_alarms_stay_within_the_budget_at_the_least_rate_of_claims_that_every_calibrated_seed_shows() =>
        Claims.Where(claim => Rule.Alarm(Calibration.OfThisRepository.LeastRate(claim)) > FalseAlarmBudget).Select(claim => claim.Id).Should().Equal(
            new MlpNullSpace().Id, new NeuronsAsPolynomials().Id, new AttentionAsSinusoids().Id, new ExcludedLossRise().Id);

    [TestCaseSource(nameof(Claims))]
    public void A_claim_that_half_of_the_seeds_lost_is_noticed_half_of_the_time(RunClaim claim)
    {
        ControlMatrix.OfThisRepository.RefutedBy(claim).Should().NotBeEmpty("a claim that no control can refute is not a claim");

        // A mixture of calibrated seeds and of a control that refutes the claim, in equal parts; 0.5 less three standard errors.
        bool[] shows = Calibration.OfThisRepository.Shows(claim);
        Resample([.. shows, .. new bool[shows.Length]]).Should().BeGreaterThanOrEqualTo(0.5 - 0.011);
    }

    /// <summary>The share of resamples that the rule calls not reproduced; the random numbers are the same in every run.</summary>
    private static double Resample(bool[] shows)
    {
        var random = new Random(20230112);
        int alarms = 0;
        for (int i = 0; i < Resamples; i++)
        {
            int showing = Enumerable.Range(0, Rule.Seeds).Count(_ => shows[random.Next(shows.Length)]);
            alarms += Rule.IsReproducedBy(showing) ? 0 : 1;
        }

        return (double)alarms / Resamples;
    }
}

using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>The rules over seeds, on what the calibrated seeds and the controls show.</summary>
[Category("Fast")]
public class DecisionRuleTests
{
    /// <summary>The false alarms that one claim may raise for a new draw of seeds.</summary>
    private const double FalseAlarmBudget = 0.01;

    /// <summary>Seventeen of seventeen seeds allow a rate of 0.05^(1/17) = 0.838 (95%), at which 3 of 5 raises a false alarm with P(X &lt; 3 | 5, 0.838) = 0.0325.</summary>
    private const double FalseAlarmBudgetAtLeastRate = 0.033;

    /// <summary>The false alarms that all claims about one run together may raise for a new draw of seeds.</summary>
    private const double FamilyBudget = 0.05;

    /// <summary>
    /// How often a claim that half of the seeds lost is noticed. With n = 5 and k = 3 and a seed that shows it with probability 1/2, fewer than k show it as often as k or more: 0.5. When the other half shows
    /// it less than always, more often; the least rate within the budget of false alarms is 0.8944, P(X &lt; 3 | 5, 0.8944) = 0.01, and half of it is noticed with P(X &lt; 3 | 5, 0.4472) = 0.598.
    /// With k = 1, 2, 4 and 5 of 5 these are 0.03 to 0.05, 0.19 to 0.26, 0.81 to 0.87 and 0.97 to 0.98.
    /// </summary>
    private const double LeastNoticed = 0.5;
    private const double MostNoticed = 0.5983;

    private static IEnumerable<RunClaim> Claims => ClaimCatalog.OfOneRun;

    [Test]
    public void The_calibration_has_every_statistic_of_the_catalogue_on_forty_seeds_or_more()
    {
        Calibration.OfThisRepository.Seeds.Should().HaveCountGreaterThanOrEqualTo(40).And.OnlyHaveUniqueItems();
        Calibration.OfThisRepository.Rows.Should().BeEquivalentTo(
            Claims.SelectMany(claim => claim.Statistics.Select(statistic => (claim.Id, statistic.Name))));
    }

    /// <summary>But for the forecast, a strict exception: its rule is an interval that aims at nine seeds of ten, which is the edge of the budget.</summary>
    [Test]
    public void False_alarms_stay_within_the_budget() =>
        Claims.Where(claim => SeedRule.Default.Alarm(Rate(claim)) > FalseAlarmBudget).Select(claim => claim.Id).Should().Equal(new ForecastOfTheJump().Id);

    /// <summary>At the least rate that the calibrated seeds allow (95%), for claims that all of them show. Those that one seed or more do not show are strict exceptions: they have to go on being some.</summary>
    [Test]
    public void False_alarms_stay_within_the_budget_at_the_least_rate_of_claims_that_every_calibrated_seed_shows() =>
        Claims.Where(claim => SeedRule.Default.Alarm(Calibration.OfThisRepository.LeastRate(claim)) > FalseAlarmBudgetAtLeastRate).Select(claim => claim.Id).Should().Equal(
            new NeuronPurity().Id, new NeuronsAsPolynomials().Id, new ExcludedLossRise().Id, new ForecastOfTheJump().Id);

    [Test]
    public void False_alarms_of_all_claims_together_stay_within_theirs() => Calibration.OfThisRepository.FamilyAlarm().Should().BeLessThanOrEqualTo(FamilyBudget);

    /// <summary>Lost: what an untrained network shows stands in the place of half of the seeds. What raises more false alarms than the budget is noticed more often.</summary>
    [TestCaseSource(nameof(Claims))]
    public void A_claim_that_half_of_the_seeds_lost_is_noticed_half_of_the_time(RunClaim claim)
    {
        double lostRate = ControlMatrix.OfThisRepository.RefutedBy(claim).Contains(Control.Untrained) ? 0 : 1;
        if (SeedRule.Default.Alarm(Rate(claim)) > FalseAlarmBudget)
        {
            SeedRule.Default.Alarm((Rate(claim) + lostRate) / 2).Should().BeGreaterThan(MostNoticed);
        }
        else
        {
            ShouldBeNoticedHalfOfTheTime(SeedRule.Default, Rate(claim), lostRate);
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(5)]
    public void A_rule_that_asks_for_fewer_or_for_more_seeds_is_not_noticed_half_of_the_time(int needed)
    {
        Action ask = () => ShouldBeNoticedHalfOfTheTime(new SeedRule(5, needed), Rate(new KeyFrequencySparsity()), lostRate: 0);

        ask.Should().Throw<AssertionException>();
    }

    [TestCase(1, 1, TestName = "A_claim_that_admits_an_untrained_network_is_not_noticed_half_of_the_time")]
    [TestCase(0.89, 0, TestName = "A_claim_that_raises_false_alarms_is_noticed_more_than_half_of_the_time")]
    public void A_claim_of_other_rates_is_told(double rate, double lostRate)
    {
        Action ask = () => ShouldBeNoticedHalfOfTheTime(SeedRule.Default, rate, lostRate);

        ask.Should().Throw<AssertionException>();
    }

    private static void ShouldBeNoticedHalfOfTheTime(SeedRule rule, double rate, double lostRate) =>
        rule.Alarm((rate + lostRate) / 2).Should().BeInRange(LeastNoticed, MostNoticed);

    /// <summary>The share of the seeds that only measure that show a claim.</summary>
    private static double Rate(RunClaim claim) => Calibration.OfThisRepository.Shows(claim).Average(shows => shows ? 1.0 : 0);
}

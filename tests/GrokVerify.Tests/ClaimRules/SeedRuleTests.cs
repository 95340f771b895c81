using GrokVerify.Judging;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>Error rates of rules over seeds, against the binomial distribution counted out.</summary>
[Category("Fast")]
public class SeedRuleTests
{
    /// <summary>Sums of at most 21 products of probabilities.</summary>
    private const double Rounding = 1e-13;

    [TestCase(5, 3, 0.95, 1.158e-3)]
    [TestCase(10, 6, 0.95, 6.4e-5)]
    [TestCase(20, 15, 0.95, 3.3e-4)]
    [TestCase(5, 4, 0.99, 9.8e-4)]
    [TestCase(5, 3, 0.5, 0.5)]
    public void Alarm_rates_are_those_of_the_binomial_distribution(int seeds, int needed, double perSeed, double expected) =>
        new SeedRule(seeds, needed).Alarm(perSeed).Should().BeApproximately(expected, 0.02 * expected, "the table has two digits");

    [Test]
    public void The_tail_is_the_sum_over_all_outcomes_counted_one_by_one([Values(0.1, 0.5, 0.93)] double probability, [Values(0, 1, 3, 5, 6)] int successes)
    {
        double expected = Enumerable.Range(0, 1 << 5)
            .Select(outcome => int.PopCount(outcome))
            .Where(count => count < successes)
            .Sum(count => Math.Pow(probability, count) * Math.Pow(1 - probability, 5 - count));

        BinomialTail.Below(5, successes, probability).Should().BeApproximately(expected, Rounding);
    }

    [TestCase(40, 40)]
    [TestCase(100, 100)]
    public void The_lower_bound_of_a_rate_that_never_failed_has_its_closed_form(int trials, int successes) =>
        BinomialTail.LowerBound(trials, successes).Should().BeApproximately(Math.Pow(0.05, 1.0 / trials), Rounding);

    [TestCase(40, 37)]
    [TestCase(40, 1)]
    public void At_the_lower_bound_as_many_successes_come_with_a_probability_of_a_twentieth(int trials, int successes) =>
        (1 - BinomialTail.Below(trials, successes, BinomialTail.LowerBound(trials, successes))).Should().BeApproximately(0.05, 1e-10);

    [Test]
    public void Nothing_seen_bounds_nothing() => BinomialTail.LowerBound(40, 0).Should().Be(0);

    [Test]
    public void Probabilities_and_counts_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => BinomialTail.Below(5, 3, 1.1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => BinomialTail.Below(5, 3, double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => BinomialTail.Below(0, 0, 0.5)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => BinomialTail.LowerBound(3, 4)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [TestCase(2, false)]
    [TestCase(3, true)]
    [TestCase(5, true)]
    public void Three_of_five_seeds_are_enough(int showing, bool isReproduced) => SeedRule.Default.IsReproducedBy(showing).Should().Be(isReproduced);

    /// <summary>All 32 outcomes of five seeds, each judged seed by seed: what is decided early is what all five decide.</summary>
    [Test]
    public void Whatever_fewer_seeds_decide_all_five_decide([Values(1, 2, 3, 4, 5)] int judged)
    {
        SeedRule rule = SeedRule.Default;
        foreach (int outcome in Enumerable.Range(0, 1 << rule.Seeds))
        {
            int showing = int.PopCount(outcome & ((1 << judged) - 1));
            bool ofAll = rule.IsReproducedBy(int.PopCount(outcome));

            rule.IsDecidedBy(judged, showing).Should().Be(
                Enumerable.Range(0, 1 << rule.Seeds).Where(other => ((other ^ outcome) & ((1 << judged) - 1)) == 0).All(other => rule.IsReproducedBy(int.PopCount(other)) == ofAll),
                $"{showing} of {judged} show it");
        }
    }
}

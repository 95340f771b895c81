using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>
/// Fresh seeds measure what the calibrated ones did, statistic by statistic. A claim's rate may fall from 1 to 0.7 and "3 of 5" miss it in 84% of the runs; a statistic that has moved shows sooner.
/// </summary>
[Category("Claim")]
public class FreshSeedsTests
{
    /// <summary>The chance that one statistic or more is called different though none is.</summary>
    private const double Level = 0.01;

    [SetUp]
    public void Wait_for_the_night()
    {
        if (!TrainingTier.IsNightly)
        {
            Assert.Ignore("the default tier trains calibrated seeds, which CalibrationTests holds to every digit");
        }
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Each_statistic_is_distributed_as_over_the_calibrated_seeds(CancellationToken cancellation)
    {
        IReadOnlyList<JudgedRun> runs = RunTraining.Mainline.Of(TrainingTier.FreshSeeds, cancellation);
        (string Statistic, double PValue)[] compared =
        [
            .. ClaimCatalog.OfOneRun.SelectMany(claim => claim.Statistics.Index().Select(statistic => (
                $"{claim.Id}: {statistic.Item.Name}",
                RankSumTest.PValue(
                    [.. runs.Select(run => claim.Judge(run.Evidence).Findings[statistic.Index].Measured ?? double.NaN)], Calibration.OfThisRepository.Values(claim, statistic.Item))))),
        ];
        Tell(compared);
        HolmRejections(compared).Should().BeEmpty("these are distributed otherwise than on {0} calibrated seeds (Wilcoxon's rank-sum test, Holm's correction at {1})", Calibration.OfThisRepository.Seeds.Count, Level);
    }

    /// <summary>
    /// The rate that is held against is the least that the calibrated seeds allow, the lower end of their one-sided 95% interval: a claim that fresh seeds show as often is called rarer with a
    /// probability far below the level.
    /// </summary>
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Each_claim_is_shown_by_as_many_seeds_as_the_calibrated_ones_let_expect(CancellationToken cancellation)
    {
        IReadOnlyList<JudgedRun> runs = RunTraining.Mainline.Of(TrainingTier.FreshSeeds, cancellation);
        (string Claim, double PValue)[] compared =
        [
            .. ClaimCatalog.OfOneRun.Select(claim =>
            {
                int showing = runs.Count(run => claim.Judge(run.Evidence).Verdict == Verdict.Holds);
                return (
                    string.Create(CultureInfo.InvariantCulture, $"{claim.Id}: {showing} of {runs.Count}, at least {Calibration.OfThisRepository.LeastRate(claim):0.00} were to be expected"),
                    BinomialTail.Below(runs.Count, showing + 1, Calibration.OfThisRepository.LeastRate(claim)));
            }),
        ];
        Tell(compared);
        HolmRejections(compared).Should().BeEmpty("fewer fresh seeds show these than {0} calibrated ones let expect (binomial test, Holm's correction at {1})", Calibration.OfThisRepository.Seeds.Count, Level);
    }

    private static void Tell(IEnumerable<(string What, double PValue)> compared)
    {
        foreach ((string what, double value) in compared.OrderBy(pair => pair.PValue))
        {
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p = {value:0.0000}: {what}"));
        }
    }

    /// <summary>Holm 1979: the smallest p-value against level / n, the next against level / (n - 1), up to the first that is not below.</summary>
    private static IEnumerable<(string Statistic, double PValue)> HolmRejections((string Statistic, double PValue)[] compared) =>
        compared.OrderBy(pair => pair.PValue).Index().TakeWhile(pair => pair.Item.PValue <= Level / (compared.Length - pair.Index)).Select(pair => pair.Item);
}

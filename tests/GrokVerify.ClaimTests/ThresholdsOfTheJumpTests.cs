using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <summary>Which measure is at one value when the accuracy jumps, over all calibrated seeds.</summary>
[Category("Fast")]
public class ThresholdsOfTheJumpTests
{
    [Test]
    public void Over_the_calibrated_seeds_the_norm_spreads_least_at_the_jump_and_no_loss_is_near_one_value()
    {
        double[] spreads = [.. new WeightNormAtTheJump().Statistics.Select(statistic => Spread(Calibration.OfThisRepository.Values(new WeightNormAtTheJump(), statistic)))];

        spreads[0].Should().BeInRange(0.02, 0.05, "the standard deviation of the logarithm of the sum of squared weights is 0.03");
        spreads[1].Should().BeInRange(0.1, 0.5, "that of the excluded loss is 0.25");
        spreads[2].Should().BeGreaterThan(1, "the restricted loss spreads over factors");
    }

    private static double Spread(IReadOnlyList<double> values)
    {
        double[] logarithms = [.. values.Select(value => Math.Log(value))];
        double mean = logarithms.Average();
        return Math.Sqrt(logarithms.Average(value => (value - mean) * (value - mean)));
    }
}

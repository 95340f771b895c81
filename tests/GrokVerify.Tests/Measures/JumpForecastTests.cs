using GrokVerify.Judging;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class JumpForecastTests
{
    private static readonly JumpForecast.Fit Fit = JumpForecast.Fits[0];

    [Test]
    public void The_sparser_the_embedding_the_sooner_the_jump_is_expected()
    {
        JumpForecast forecast = Fit.Of(Rows(0.06), 0.2)!;

        forecast.Epoch.Should().BeApproximately(Fit.Scale / Math.Pow(2, Fit.Exponent), 1e-6);
        forecast.Epoch.Should().BeLessThan(Fit.Of(Rows(0.06), 0.1)!.Epoch!.Value);
        (forecast.Latest / forecast.Epoch).Should().BeApproximately(Fit.Factor, 1e-12);
        (forecast.Epoch / forecast.Earliest).Should().BeApproximately(Fit.Factor, 1e-12);
        LivePhase.InWords(forecast).Should().MatchRegex("^jump expected at [0-9,]+00 to [0-9,]+00$");
    }

    /// <summary>As with shuffled labels, and as without weight decay.</summary>
    [TestCase(3_700, 0.041)]
    [TestCase(4_850, 0.065)]
    public void An_embedding_that_is_not_sparse_or_weights_that_nothing_holds_are_told_never_to_jump(double sumSquaredWeights, double gini) =>
        LivePhase.InWords(Fit.Of(Rows(0.06, sumSquaredWeights), gini)!).Should().Be("no jump expected");

    [Test]
    public void Nothing_is_told_before_the_epoch_of_the_first_fit_or_after_the_jump()
    {
        JumpForecast.Newest(Rows(0.06), new Dictionary<long, double> { [500] = 0.1 }).Should().BeNull();
        JumpForecast.Newest(Rows(0.5), new Dictionary<long, double> { [Fit.At] = 0.1 }).Should().BeNull();
    }

    [Test]
    public void The_newest_fit_that_the_run_has_come_to_tells() =>
        JumpForecast.Newest(Rows(0.06), new Dictionary<long, double> { [750] = 0.08, [1_500] = 0.1, [1_750] = 0.1 })!.MadeAt.Should().Be(1_500);

    [Test]
    public void Only_the_papers_setting_is_foretold_and_what_never_jumps_beside_it()
    {
        JumpForecast.AppliesTo(new TrainingConfig { Seed = 7 }).Should().BeTrue();
        JumpForecast.AppliesTo(new TrainingConfig { WeightDecay = 0 }).Should().BeTrue();
        JumpForecast.AppliesTo(new TrainingConfig { LabelRule = LabelRule.Shuffled }).Should().BeTrue();
        JumpForecast.AppliesTo(new TrainingConfig { WeightDecay = 0.3 }).Should().BeFalse();
        JumpForecast.AppliesTo(new TrainingConfig { TrainFraction = 0.4 }).Should().BeFalse();
    }

    private static MetricsRow[] Rows(double testAccuracy, double sumSquaredWeights = 3_600) =>
        [new(0, 4.8, 4.8, 0.01, 0.01, 1_783), new(Fit.At, 5e-6, 20, 1, testAccuracy, sumSquaredWeights), new(1_500, 3e-7, 25, 1, testAccuracy, sumSquaredWeights)];
}

using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.ClaimTests;

/// <summary>The forecasts are what the calibrated seeds that fix rules say, and the other seeds bear them out.</summary>
[Category("Fast")]
public class JumpForecastTests
{
    private static readonly ForecastOfTheJump Claim = new();

    private static IEnumerable<long> Epochs => JumpForecast.Fits.Select(fit => fit.At);

    /// <summary>The constants are written to four digits: half of the last, times ln of a loss of at most 30.</summary>
    [TestCaseSource(nameof(Epochs))]
    public void The_constants_are_the_fit_to_the_seeds_that_fix_rules(long epoch)
    {
        JumpForecast.Fit fit = At(epoch);
        Seed[] seeds = [.. Seeds(fit).Where(seed => CalibratedSeeds.FixedRules(seed.Number))];
        double[] fitted = FitTo(seeds);
        double[] misses = [.. seeds.Select((seed, i) => Math.Exp(Math.Abs(seed.LogJump - Predict(FitTo([.. seeds.Where((_, j) => j != i)]), seed)))).Order()];
        double factor = misses[(int)Math.Ceiling(0.9 * (seeds.Length + 1)) - 1];
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"at {fit.At}, {seeds.Length} seeds: {fitted[0]:0.0000} {fitted[1]:0.0000} {fitted[2]:0.0000}, factor {factor:0.0000}, largest sum of squares {seeds.Max(seed => seed.Squares):0}"));

        new[] { fit.Constant, fit.OfTestLoss, fit.OfExcludedLoss, fit.Factor }.Zip([fitted[0], fitted[1], fitted[2], factor])
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 5.1e-5);
        fit.LargestSumSquaredWeights.Should().BeInRange(1.09 * seeds.Max(seed => seed.Squares), 1.11 * seeds.Max(seed => seed.Squares));
    }

    /// <summary>Nine of ten are aimed at; that few seeds hit 80% to 97%.</summary>
    [TestCaseSource(nameof(Epochs))]
    public void Of_the_other_seeds_nine_of_ten_jump_within_the_interval(long epoch)
    {
        JumpForecast.Fit fit = At(epoch);
        Seed[] seeds = [.. Seeds(fit).Where(seed => !CalibratedSeeds.FixedRules(seed.Number))];
        double within = seeds.Count(seed => Math.Abs(Math.Log(seed.Ratio)) <= Math.Log(fit.Factor)) / (double)seeds.Length;
        TestContext.Out.WriteLine(FormattableString.Invariant($"at {fit.At}: {within:0.000} of {seeds.Length} seeds within a factor of {fit.Factor}"));

        within.Should().BeInRange(0.8, 0.97);
    }

    private static JumpForecast.Fit At(long epoch) => JumpForecast.Fits.Single(fit => fit.At == epoch);

    /// <summary>The seeds that had not jumped at the fit's epoch.</summary>
    private static IEnumerable<Seed> Seeds(JumpForecast.Fit fit)
    {
        Statistic[] statistics = ForecastOfTheJump.StatisticsAt(fit);
        IReadOnlyList<double>[] values = [.. statistics.Select(statistic => Calibration.OfThisRepository.Values(Claim, statistic))];
        IReadOnlyList<double> jumps = Calibration.OfThisRepository.Values(Claim, ForecastOfTheJump.Jump);
        return Calibration.OfThisRepository.Seeds.Select((seed, i) => new Seed(seed, Math.Log(jumps[i]), values[0][i], Math.Log(values[1][i]), Math.Log(values[2][i]), values[3][i]))
            .Where(seed => Math.Exp(seed.LogJump) > fit.At);
    }

    private static double Predict(double[] fit, Seed seed) => fit[0] + (fit[1] * seed.LogTest) + (fit[2] * seed.LogExcluded);

    /// <summary>Least squares: the normal equations of two centred variables.</summary>
    private static double[] FitTo(Seed[] seeds)
    {
        (double x, double z, double y) = (seeds.Average(seed => seed.LogTest), seeds.Average(seed => seed.LogExcluded), seeds.Average(seed => seed.LogJump));
        double Product(Func<Seed, double> one, Func<Seed, double> other) => seeds.Sum(seed => one(seed) * other(seed));
        double X(Seed seed) => seed.LogTest - x;
        double Z(Seed seed) => seed.LogExcluded - z;
        double Y(Seed seed) => seed.LogJump - y;
        (double xx, double xz, double zz, double xy, double zy) = (Product(X, X), Product(X, Z), Product(Z, Z), Product(X, Y), Product(Z, Y));
        double determinant = (xx * zz) - (xz * xz);
        double ofTest = ((zz * xy) - (xz * zy)) / determinant;
        double ofExcluded = ((xx * zy) - (xz * xy)) / determinant;
        return [y - (ofTest * x) - (ofExcluded * z), ofTest, ofExcluded];
    }

    private sealed record Seed(long Number, double LogJump, double Ratio, double LogTest, double LogExcluded, double Squares);
}

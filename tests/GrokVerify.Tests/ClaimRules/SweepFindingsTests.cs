using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>What each claim about a family of runs reads off them: curves of a few rows, all of whose numbers differ, and every statistic worked out by hand, in the catalogue's order.</summary>
[Category("Fast")]
public class SweepFindingsTests
{
    /// <summary>Logarithms and quotients of whole numbers.</summary>
    private const double Rounding = 1e-12;

    [Test]
    public void Time_against_the_train_fraction_at_the_small_scale() =>
        ShouldMeasure(
            new TimeAgainstTrainFraction(),
            [Curve(110, 3_000, 9), Curve(130, 2_000, 8), Curve(100, 1_000, 7), Curve(160, 400, 3)],
            [3000 / 2000.0, 3, Slope([0.45, 0.5, 0.6], [3000, 2000, 1000]), 1.6, 9 / Math.Log(59), 3 / Math.Log(59), 2.5]);

    [Test]
    public void Time_against_the_train_fraction_at_the_papers_scale()
    {
        // The published times, but for a half at 0.3, twice and a half of it at 0.5, and the same at 0.6.
        double[] times = [22_177, 4_129, 3_324, 2_772, 556, 439];
        double[] fractions = [0.25, 0.3, 0.4, 0.5, 0.6];
        double[] steep = [.. fractions.Select(fraction => Math.Round(20 * Math.Pow(fraction, -5)))];
        double[] flat = [.. fractions.Select(fraction => Math.Round(300 * Math.Pow(fraction, -2)))];

        // Of the other seeds only the exponents count: they fit late, and peak high.
        ShouldMeasure(
            new TimeAgainstTrainFraction(SweepScale.Paper),
            [
                .. times.Select((time, i) => Curve(fit: 200 + (10 * i), generalized: (long)time, peak: 10 - i)),
                .. steep.Concat(flat).Select(time => Curve(fit: 500, generalized: (long)time, peak: 30)),
            ],
            [3324 / 2772.0, 22_177 / 2772.0, Slope(fractions, steep), Slope(fractions, flat), 250 / 200.0, 8 / Math.Log(113), 5 / Math.Log(113), 439 / 250.0, 2772 / 1109.0]);
    }

    [Test]
    public void Time_against_the_weight_decay_at_the_small_scale() =>
        ShouldMeasure(
            new TimeAgainstWeightDecay(),
            [
                Rows(Row(0, 5, 5), Row(4_000, 1e-3, 9e-3)),
                Rows(Row(0, 5, 5, squares: 1_000), Row(1_900, 1e-3, 0.1, accuracy: 0.99), Row(2_000, 1e-3, 9e-3, accuracy: 1, squares: 700)),
                Rows(Row(0, 5, 5), Row(1_600, 1e-3, 9e-3)),
                Rows(Row(0, 5, 5, squares: 500), Row(1_890, 1e-3, 9, accuracy: 0.1), Row(1_900, 1e-3, 9, accuracy: 0.2), Row(2_500, 1e-3, 9, accuracy: 0.3, squares: 900)),
            ],
            [1.25, -1, 0.2, 1.8, 0.7]);

    [Test]
    public void Last_sums_of_squares_are_compared_at_the_papers_scale() =>
        ShouldMeasure(
            new TimeAgainstWeightDecay(SweepScale.Paper),
            [
                Rows(Row(0, 5, 5), Row(6_000, 1e-3, 9e-3, squares: 1_200)),
                Rows(Row(0, 5, 5, squares: 1_000), Row(3_000, 1e-3, 9e-3, accuracy: 0.991, squares: 800)),
                Rows(Row(0, 5, 5), Row(1_000, 1e-3, 9e-3, squares: 400)),
                Rows(Row(0, 5, 5, squares: 400), Row(3_000, 1e-3, 9, accuracy: 0.3, squares: 1_000)),
                Rows(Row(0, 5, 5), Row(9_000, 1e-3, 9e-3)),
                Rows(Row(0, 5, 5), Row(3_000, 1e-3, 9e-3)),
                Rows(Row(0, 5, 5), Row(3_000, 1e-3, 9e-3)),
                Rows(Row(0, 5, 5), Row(2_000, 1e-3, 9e-3)),
            ],
            [2, Math.Log(3) / Math.Log(0.3), Math.Log(1.5) / Math.Log(0.3), 0.3, 2.5, 0.8, 1.5]);

    [Test]
    public void Generalization_across_primes_at_the_small_scale() =>
        ShouldMeasure(
            new GeneralizationAcrossPrimes(),
            [Generalizing(2_000, 0.997), Generalizing(800, 0.994)],
            [0.994, 2.5]);

    [Test]
    public void Generalization_across_primes_at_the_papers_scale() =>
        ShouldMeasure(
            new GeneralizationAcrossPrimes(SweepScale.Paper),
            [
                Generalizing(2_000, 0.997), Generalizing(1_200, 0.994), Generalizing(500, 0.999), Generalizing(400, 0.998), Generalizing(800, 0.996),
                Rows(Row(0, 5, 5), Row(3_000, 1e-3, 1, accuracy: 0.99), Row(4_000, 1e-3, 1, accuracy: 0.995)),
                Rows(Row(0, 5, 5), Row(2_990, 1e-3, 1, accuracy: 0.2), Row(3_000, 1e-3, 1, accuracy: 0.4), Row(4_000, 1e-3, 1, accuracy: 0.6)),
            ],
            [0.994, 2.5, 0.5, 0.995, 0.4]);

    [Test]
    public void Spikes_are_counted_by_the_precision_of_the_loss() =>
        ShouldMeasure(new SpikesOfLowPrecision(), [Spiking(3), Spiking(1), Spiking(2)], [3, 1, 2]);

    [Test]
    public void Generalization_at_constant_norm() =>
        ShouldMeasure(
            new GeneralizationAtConstantNorm(),
            [
                Rows(
                    Row(0, 5, 5, squares: 800),
                    Row(190, 1, 5, trainAccuracy: 0.989, squares: 804),
                    Row(200, 1, 5, trainAccuracy: 0.99, squares: 800),
                    Row(490, 1, 5, trainAccuracy: 1, accuracy: 0.949, squares: 792),
                    Row(500, 1, 1, trainAccuracy: 1, accuracy: 0.95, squares: 800)),
                Rows(Row(0, 5, 5, accuracy: 0.1), Row(600, 1, 5, accuracy: 0.2)),
            ],
            [2.5, 0.01, 0.2]);

    [Test]
    public void Ungrokking()
    {
        ShouldMeasure(
            new Ungrokking(),
            [Onward(before: 0.999, trained: 0.998, after: 0.3), Onward(before: 0.995, trained: 0.999, after: 0.5), Onward(before: 0.991, trained: 0.9, after: 0.97)],
            [0.991, 0.3, 0.5, 0.2, 0.998, 0.97, 0]);
        ShouldMeasure(
            new Ungrokking(),
            [Onward(before: 0.991, trained: 0.998, after: 0.5), Onward(before: 0.995, trained: 0.997, after: 0.3), Onward(before: 0.999, trained: 0.9, after: 0.97)],
            [0.991, 0.5, 0.3, 0.2, 0.997, 0.97, 0]);
    }

    [Test]
    public void Critical_number_of_pairs() =>
        ShouldMeasure(
            new CriticalNumberOfPairs(),
            [
                Settled(1e-7, 500), Settled(2e-7, 700), Settled(8e-7, 1_400), Settled(6e-6, 2_800), Settled(4e-7, 1_000),
                Onward(before: 1, trained: 1, after: 0.1), Onward(before: 1, trained: 1, after: 0.3), Onward(before: 1, trained: 1, after: 0.7),
            ],
            [0.5, 0.25, 2.8, 15, 1.4, Math.Sqrt(2) * 200 / (200 * Math.Pow(2, Math.Log(1 / 0.7) / Math.Log(2)))]);

    /// <summary>The run takes 1,200 epochs from the branch at 500 to generalize: 600 with weight decay outside, 1,000 with it outside of others, 480 with twice of it.</summary>
    [Test]
    public void Weight_decay_drives_cleanup()
    {
        MetricsRow[] Branch(long? generalized, double last, double squares = 900) =>
            [Row(500, 1, 1, squares: 800), .. generalized is long epoch ? Rows(Row(epoch, 1, 1, accuracy: 0.99)) : [], Row(4_000, 1, 1, accuracy: last, squares: squares)];
        MetricsRow[] origin = Rows(Row(0, 1, 1), Row(1_690, 1, 1, accuracy: 0.98), Row(1_700, 1, 1, accuracy: 0.99));
        MetricsRow[][] branches = [Branch(null, 0.3, squares: 1_000), Branch(null, 0.4), Branch(1_100, 1), Branch(1_500, 1), Branch(980, 1)];

        ShouldMeasure(new WeightDecayDrivesCleanup(origin: Planned, [1, 2], 1_700, 500), [origin, .. branches], [0.3, 0.4, 0.5, 0.6, 0.4, 0.4, 1.25]);

        // At a second place: nothing is said of others that take longer than the run itself, and each statistic is that of the worse place.
        MetricsRow[][] later = [Branch(null, 0.35, squares: 880), Branch(null, 0.2), Branch(1_400, 1), Branch(2_000, 1), Branch(1_220, 1)];
        ShouldMeasure(new WeightDecayDrivesCleanup(origin: Planned, [1, 2], 1_700, 500, 500), [origin, .. branches, .. later], [0.35, 0.4, 0.75, 0.75, 0.4, 0.6, 1.1]);

        Absence(new WeightDecayDrivesCleanup(origin: Planned, [1, 2], 1_700, 500), 2, [origin, .. branches[..2], branches[1], .. branches[3..]]).Should().Contain("all but its key frequencies: the test accuracy stays below 0.99");
        Absence(new WeightDecayDrivesCleanup(origin: Planned, [1, 2], 1_700, 500), 4, [origin[..2], .. branches]).Should().Be("a run does not generalize");
    }

    /// <summary>From 1,600 of 2,000 epochs on: what came before does not count, the way back does.</summary>
    [Test]
    public void A_network_that_still_forgets_has_no_plateau()
    {
        MetricsRow[] stays = Onward(before: 1, trained: 1, after: 0.3);
        MetricsRow[] falls = Rows(Row(0, 1, 1, accuracy: 1), Row(1_590, 1, 1, accuracy: 0.9), Row(1_600, 1, 1, accuracy: 0.5), Row(1_800, 1, 1, accuracy: 0.25), Row(2_000, 1, 1, accuracy: 0.375));

        Judge(new Ungrokking(), [stays, falls, stays]).Findings[^1].Measured.Should().Be(0.25);
    }

    /// <summary>Every claim has the reason, not a number, where a run never gets there.</summary>
    [TestCase(typeof(TimeAgainstTrainFraction), 0, 1, 2, 3, 6)]
    [TestCase(typeof(TimeAgainstWeightDecay), 0, 1, 2)]
    [TestCase(typeof(GeneralizationAcrossPrimes), 1)]
    [TestCase(typeof(GeneralizationAtConstantNorm), 0)]
    [TestCase(typeof(CriticalNumberOfPairs), 5)]
    [TestCase(typeof(WeightDecayDrivesCleanup), 2, 3, 4, 5)]
    public void Where_no_run_generalizes_times_are_absent(Type type, params int[] absent)
    {
        SweepClaim claim = ClaimCatalog.OfSweeps.Single(candidate => candidate.GetType() == type);

        ClaimResult result = Judge(claim, [.. claim.Plan.Select(_ => Rows(Row(0, 5, 5), Row(100, 4, 5)))]);

        result.Findings.Index().Where(finding => finding.Item.Measured is null).Select(finding => finding.Index).Should().Equal(absent);
        result.Findings.Where(finding => finding.Measured is null).Should().OnlyContain(finding => finding.Absence != "absent");
    }

    [Test]
    public void A_run_that_ends_before_it_can_be_compared_says_so()
    {
        MetricsRow[] fits = Rows(Row(0, 5, 5), Row(2_000, 1e-3, 9e-3, accuracy: 0.99));
        MetricsRow[] ends = Rows(Row(0, 5, 5), Row(1_900, 1e-3, 5));

        Absence(new TimeAgainstWeightDecay(), 2, fits, fits, fits, ends).Should().Contain("epoch 2000");
        Absence(new GeneralizationAcrossPrimes(SweepScale.Paper), 4, fits, fits, fits, fits, fits, fits, ends).Should().Contain("epoch 2000");
        Absence(new GeneralizationAcrossPrimes(SweepScale.Paper), 4, fits, fits, fits, fits, fits, ends, fits).Should().Contain("weight decay 5 never");
    }

    [Test]
    public void A_network_at_constant_norm_that_does_not_fit_is_told_from_one_that_does_not_generalize()
    {
        MetricsRow[] free = Rows(Row(0, 5, 5), Row(600, 1, 5));

        Absence(new GeneralizationAtConstantNorm(), 0, Rows(Row(0, 5, 5), Row(600, 1, 5, trainAccuracy: 0.98, accuracy: 0.96)), free).Should().Contain("train accuracy");
        Absence(new GeneralizationAtConstantNorm(), 0, Rows(Row(0, 5, 5), Row(600, 1, 5, trainAccuracy: 1, accuracy: 0.94)), free).Should().Contain("within 600 epochs");
    }

    /// <summary>One of several runs is enough, and that it does not fit is not said where none generalizes.</summary>
    [Test]
    public void One_run_that_never_fits_leaves_no_time_to_fit()
    {
        MetricsRow[] unfitted = Rows(Row(0, 5, 9), Row(3_000, 1, 9e-3));

        ClaimResult result = Judge(new TimeAgainstTrainFraction(), [Curve(110, 3_000, 9), Curve(130, 2_000, 8), Curve(100, 1_000, 7), unfitted]);

        result.Findings[3].Absence.Should().Contain("never fits");
        result.Findings[6].Absence.Should().Contain("never fits");
        Absence(new TimeAgainstTrainFraction(), 6, Curve(110, 3_000, 9), Curve(130, 2_000, 8), Rows(Row(0, 5, 5), Row(100, 1, 5)), unfitted).Should().Contain("does not fall below");
    }

    private static string? Absence(SweepClaim claim, int finding, params MetricsRow[][] curves) => Judge(claim, curves).Findings[finding].Absence;

    private static void ShouldMeasure(SweepClaim claim, IReadOnlyList<MetricsRow[]> curves, double[] expected)
    {
        double?[] measured = [.. Judge(claim, curves).Findings.Select(finding => finding.Measured)];

        measured.Should().HaveSameCount(expected).And.HaveSameCount(claim.Statistics);
        foreach ((double? value, double wanted) in measured.Zip(expected))
        {
            value.Should().BeApproximately(wanted, Rounding * Math.Abs(wanted), string.Join(' ', measured));
        }
    }

    private static ClaimResult Judge(SweepClaim claim, IReadOnlyList<MetricsRow[]> curves) =>
        claim.Judge([.. claim.Plan.Zip(curves, (plan, rows) => new TrainedCurve(plan, rows))]);

    private static PlannedRun Planned { get; } = new("a run", new TrainingConfig(), SweepSetting.For(2_000));

    private static MetricsRow[] Settled(double trainLoss, double squares) => Rows(Row(0, 5, 5), Row(2_000, trainLoss, 5, squares: squares));

    private static MetricsRow[] Curve(long fit, long generalized, double peak) =>
        Rows(Row(0, 4, 2), Row(fit, 9e-3, peak), Row(fit + 1, 1e-3, peak / 2), Row(generalized, 1e-3, 9e-3));

    private static MetricsRow[] Generalizing(long epoch, double lastAccuracy) => Rows(Row(0, 5, 5), Row(epoch, 1e-3, 9e-3, accuracy: 0.5), Row(epoch + 10, 1e-3, 9e-3, accuracy: lastAccuracy));

    private static MetricsRow[] Spiking(int times) => [.. Enumerable.Range(0, 2 * (times + 1)).Select(i => Row(10 * i, i % 2 == 0 ? 1 : 1e-5, 1))];

    private static MetricsRow[] Onward(double before, double trained, double after) =>
        Rows(Row(0, 1, 1, accuracy: before, trainAccuracy: 0.95), Row(2_000, 1, 1, accuracy: after, trainAccuracy: trained));

    private static MetricsRow[] Rows(params MetricsRow[] rows) => rows;

    private static MetricsRow Row(long epoch, double trainLoss, double testLoss, double accuracy = 0, double trainAccuracy = 0, double squares = 1_000) =>
        new(epoch, trainLoss, testLoss, trainAccuracy, accuracy, squares);

    /// <summary>Of the least-squares line through logarithms, by its closed form for the means of products.</summary>
    private static double Slope(double[] x, double[] y)
    {
        (double X, double Y)[] logs = [.. x.Zip(y, (a, b) => (Math.Log(a), Math.Log(b)))];
        double meanX = logs.Average(point => point.X);
        return (logs.Average(point => point.X * point.Y) - (meanX * logs.Average(point => point.Y))) / (logs.Average(point => point.X * point.X) - (meanX * meanX));
    }
}

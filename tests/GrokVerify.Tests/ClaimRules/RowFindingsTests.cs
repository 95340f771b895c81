using GrokVerify.Claims;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>What each claim about logged rows reads off them: a few rows, some on a threshold to the bit, and every statistic worked out by hand.</summary>
[Category("Fast")]
public class RowFindingsTests
{
    private static readonly TrainingRun Run = SmallRun.Open();
    private static readonly NetworkSpectra Network = SmallRun.LastNetwork(Run);
    private static readonly MeasureCurve Curve = MeasureCurve.Measure([Run.CheckpointEpochs[^1]], _ => Network.Weights, Network.Task, Run.Config.CreateSplit());

    [Test]
    public void Generalization_comes_long_after_memorization() =>
        Measured(
            new GeneralizationAfterMemorization(),
            Row(0, 3, 3),
            Row(50, 1e-3, 9, trainAccuracy: 0.98),
            Row(100, 1e-2, 9, trainAccuracy: 1),
            Row(200, 9e-3, 9, trainAccuracy: 0.99, accuracy: 0.1),
            Row(300, 1e-3, 8, trainAccuracy: 1, accuracy: 0.2),
            Row(1_000, 1e-5, 7, trainAccuracy: 1, accuracy: 0.5),
            Row(1_200, 1e-5, 3, trainAccuracy: 1, accuracy: 0.95),
            Row(1_600, 1e-5, 1, trainAccuracy: 1, accuracy: 0.99),
            Row(2_000, 1e-5, 1, trainAccuracy: 1, accuracy: 1)).Should().Equal(200, 1_600, 8, 0.1, 0.2);

    /// <summary>No ratio has a beginning at epoch 0 below it.</summary>
    [Test]
    public void A_run_that_begins_where_it_should_end_has_no_delay() =>
        Measured(new GeneralizationAfterMemorization(), Row(0, 1e-3, 1e-3, trainAccuracy: 1, accuracy: 1)).Should().Equal(0, 0, null, 1, null);

    [Test]
    public void Nothing_is_reached_by_a_run_that_learns_nothing()
    {
        MetricsRow[] rows = [Row(0, 3, 3), Row(100, 3, 4)];

        Measured(new GeneralizationAfterMemorization(), rows).Should().Equal(null, null, null, null, null);
        Measured(new TestLossPeak(), rows).Should().Equal(Math.Round(4 / Math.Log(31), 12), null, null);
        Measured(new WeightNormRiseAndFall(), rows).Should().Equal(1, null, 1);
    }

    [Test]
    public void The_test_loss_peaks_early() =>
        Measured(
            new TestLossPeak(),
            Row(0, 3, 3),
            Row(300, 1e-4, 12),
            Row(400, 1e-6, 10),
            Row(500, 9e-7, 9, accuracy: 0.4),
            Row(2_000, 1e-7, 2, accuracy: 0.5),
            Row(4_000, 1e-7, 1, accuracy: 1)).Should().Equal(Math.Round(12 / Math.Log(31), 12), 0.15, 0.25);

    [Test]
    public void A_train_loss_that_stays_high_is_told_from_a_jump_that_never_comes()
    {
        Absence(new TestLossPeak(), Row(0, 3, 3), Row(100, 1e-5, 1, accuracy: 1)).Should().Contain("1e-6");
        Absence(new TestLossPeak(), Row(0, 3, 3), Row(100, 1e-7, 1)).Should().Contain("0.5");
    }

    [Test]
    public void The_sum_of_squares_rises_and_falls() =>
        Measured(
            new WeightNormRiseAndFall(),
            Row(0, 3, 3, squares: 1_000),
            Row(200, 1, 9, squares: 2_000),
            Row(300, 1, 9, squares: 1_500, accuracy: 0.4),
            Row(800, 1, 1, squares: 1_200, accuracy: 0.5),
            Row(900, 1, 1, squares: 600, accuracy: 1)).Should().Equal(2, 0.25, 0.6);

    private static string? Absence(RunClaim claim, params MetricsRow[] rows) => claim.Judge(new RunEvidence(rows, Curve, Network)).Findings[^1].Absence;

    private static IEnumerable<double?> Measured(RunClaim claim, params MetricsRow[] rows) =>
        claim.Judge(new RunEvidence(rows, Curve, Network)).Findings.Select(finding => finding.Measured is double value ? Math.Round(value, 12) : (double?)null);

    private static MetricsRow Row(long epoch, double trainLoss, double testLoss, double accuracy = 0, double trainAccuracy = 0, double squares = 1_000) =>
        new(epoch, trainLoss, testLoss, trainAccuracy, accuracy, squares);
}

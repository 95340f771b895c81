using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>How families of runs are judged, on rows that nobody trained.</summary>
[Category("Fast")]
public class SweepClaimTests
{
    /// <summary>A rule that the data it was taken from breaks would be a mistake.</summary>
    [Test]
    public void The_released_sweep_over_train_fractions_meets_every_rule()
    {
        string path = Path.Combine(ReferenceData.Folder, "train-fraction-sweep.csv");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);
        Dictionary<double, double[]> released = File.ReadLines(path).Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToDictionary(cells => cells[0]);
        var claim = new TimeAgainstTrainFraction(SweepScale.Paper);

        ClaimResult result = claim.Judge([.. claim.Plan.Select(run => Released(run, released[run.Config.TrainFraction]))]);

        result.Verdict.Should().Be(Verdict.Holds, result.ToString());
        result.Findings.Single(finding => finding.Statistic.Name.Contains("over published", StringComparison.Ordinal)).Measured.Should().Be(1, "it is compared with itself");
    }

    [Test]
    public void Runs_in_another_order_than_planned_are_refused()
    {
        var claim = new SpikesOfLowPrecision();

        Action judge = () => claim.Judge([.. claim.Plan.Reverse().Select(run => new TrainedCurve(run, [Row(0, 1, 1)]))]);

        judge.Should().Throw<ArgumentException>().WithMessage("*in its order*Float32*");
    }

    [Test]
    public void Claims_share_the_runs_that_several_of_them_need()
    {
        PlannedRun[] planned = [.. ClaimCatalog.OfSweeps.SelectMany(claim => claim.Plan)];

        planned.Select(run => run.Request).Distinct().Count().Should().BeLessThan(planned.Length);
        planned.GroupBy(run => (run.Config, run.From?.Request)).Should().OnlyContain(
            runs => runs.Select(run => run.Schedule).Distinct().Count() == 1, "a run that is asked for with two lengths would be waited for by one of the two");
    }

    [Test]
    public void Every_plan_can_be_trained()
    {
        foreach ((SweepClaim claim, PlannedRun run) in new[] { SweepScale.Small, SweepScale.Paper }.SelectMany(scale => ClaimCatalog.SweepsAt(scale, seed: 5)).SelectMany(claim => claim.Plan.Select(run => (claim, run))))
        {
            run.Config.Validate();
            run.Schedule.Validate();
            if (claim is WeightDecayDrivesCleanup)
            {
                run.Config.Seed.Should().Be(0, "its key frequencies have to be known");
            }
            else if (claim is not GeneralizationAtConstantNorm)
            {
                run.Config.Seed.Should().BeInRange(5, 7, "further seeds follow the one that was asked for");
            }

            if (run.From is null || run.At is not null)
            {
                continue;
            }

            (run.From.Schedule.Epochs % run.From.Schedule.CheckpointEvery).Should().Be(0, "the weights to go on from have to be kept");
            run.From.Schedule.UntilGrokked.Should().BeFalse("its end could lie between two checkpoints");
        }
    }

    [Test]
    public void A_statistic_that_a_run_cannot_answer_says_why_and_fails()
    {
        var claim = new TimeAgainstWeightDecay();

        ClaimResult result = claim.Judge([.. claim.Plan.Select(run => new TrainedCurve(run, [Row(0, 5, 5), Row(100, 1e-3, 20)]))]);

        Finding direction = result.Findings[0];
        direction.Measured.Should().BeNull();
        direction.Holds.Should().BeFalse();
        direction.Absence.Should().Contain("weight decay 0.5: the test loss does not fall below 1e-2 within 100 epochs");
    }

    /// <summary>Four rows with what the released data tells: when the train loss, the test loss were below 1e-2, and the largest test loss.</summary>
    private static TrainedCurve Released(PlannedRun run, double[] cells)
    {
        (double fit, double largest, double peak, double generalized) = (cells[1], cells[2], cells[3], cells[5]);
        MetricsRow[] rows = [.. new[] { Row(0, 4.76, 4.76), Row(fit, 9e-3, 1), Row(peak, 1, largest), Row(generalized, 1e-3, 9e-3) }.OrderBy(row => row.Epoch)];
        return new TrainedCurve(run, rows);
    }

    private static MetricsRow Row(double epoch, double trainLoss, double testLoss) => new((long)epoch, trainLoss, testLoss, 0, 0, 1000);
}

using GrokVerify.Claims;
using GrokVerify.Runs;
using GrokVerify.Tests.Runs;
using GrokVerify.Training;

namespace GrokVerify.Tests.ClaimRules;

[Category("Fast")]
public class TrainedCurveTests : RunFolderTests
{
    private static readonly PlannedRun Plan = new("a run", PseudoTraining.Config, PseudoTraining.Schedule with { Epochs = 100 });

    [Test]
    public void A_run_that_goes_on_further_than_planned_is_read_to_the_end_of_the_plan_and_with_it()
    {
        TrainingRun run = Train(In("run"), 200);

        var curve = TrainedCurve.Of(Plan, run);

        curve.First.Should().Be(run.Rows[0]);
        curve.Last.Epoch.Should().Be(100);
        curve.Rows.Should().Equal(run.Rows.Where(row => row.Epoch < 105));
    }

    [Test]
    public void A_loss_has_fitted_or_generalized_below_its_threshold_not_at_it()
    {
        var curve = new TrainedCurve(Plan, [Row(0, 5, 5), Row(10, 1e-2, 7), Row(20, 9e-3, 6), Row(30, 1e-3, 1e-2), Row(40, 1e-3, 9e-3), Row(50, 1e-3, 8e-3)]);

        curve.Fit.Should().Be(20);
        curve.Generalization.Should().Be(40);
        curve.LargestTestLoss.Should().Be(7);
        curve.FirstEpoch(row => row.TestLoss > 7).Should().BeNull();
        curve.NotGeneralized.Should().Be("a run: the test loss does not fall below 1e-2 within 50 epochs");
    }

    private static MetricsRow Row(long epoch, double trainLoss, double testLoss) => new(epoch, trainLoss, testLoss, 0, 0, 1);
}

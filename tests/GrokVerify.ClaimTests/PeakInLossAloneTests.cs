using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="PeakInLossAlone"/>
[Category("Claim")]
public class PeakInLossAloneTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Test_loss_has_a_peak_and_test_accuracy_has_none(CancellationToken cancellation) =>
        RunTraining.Mainline.Judge(new PeakInLossAlone(), cancellation).Should().Hold();

    [TestCase(Control.Untrained)]
    [TestCase(Control.NoWeightDecay)]
    [TestCase(Control.ShuffledLabels)]
    [TestCase(Control.HalvesExchanged)]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_that_does_not_grok_refutes_it(Control control, CancellationToken cancellation) =>
        new PeakInLossAlone().Judge([RunTraining.Mainline.Spoiled(control, cancellation).Evidence]).Verdict.Should().Be(Verdict.DoesNotHold);

    /// <summary>From most pairs, so that a network generalizes before it has memorized what is wrong: from 60% of them its accuracy does not fall.</summary>
    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Where_labels_are_wrong_accuracy_falls_too(CancellationToken cancellation)
    {
        var right = new TrainingConfig { Model = new TransformerConfig { Prime = 59 }, TrainFraction = 0.8 };
        var schedule = new TrainingSchedule { Epochs = 400, LogEvery = 10, CheckpointEvery = 200 };

        IReadOnlyList<TrainingRun> runs = RunTraining.Sweep.Train([new(right, schedule), new(right with { WrongLabels = 0.15 }, schedule)], cancellation);

        bool[] met = [.. runs.Select(run => new PeakInLossAlone().Judge([RunEvidence.Measure(run, schedule, cancellation: cancellation)]).Findings.Single(finding => finding.Statistic == PeakInLossAlone.Fall).Holds)];
        met.Should().Equal(true, false);
    }
}

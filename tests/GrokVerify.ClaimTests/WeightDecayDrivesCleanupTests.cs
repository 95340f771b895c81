using GrokVerify.Claims;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="WeightDecayDrivesCleanup"/>
[Category("Claim")]
public class WeightDecayDrivesCleanupTests
{
    private static readonly int Places = SweepRuns.OfTier<WeightDecayDrivesCleanup>().Plan.Count / WeightDecayDrivesCleanup.Branches;

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void What_weight_decay_takes_from_all_but_the_key_frequencies_makes_a_network_generalize(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<WeightDecayDrivesCleanup>(cancellation);
        if (TrainingTier.IsNightly)
        {
            sweep.Should().ShowIt();
        }
        else
        {
            // A finding, not a pass: the rule stands, and p = 59 misses it by one statistic.
            sweep.Judge().Should().BeRefutedBy(WeightDecayDrivesCleanup.Others);
        }
    }

    /// <summary>The frequencies, and the epoch, were written down before.</summary>
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_frequencies_are_those_that_the_run_ends_with(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<WeightDecayDrivesCleanup>(cancellation);
        TrainedCurve origin = sweep.Runs[0];
        TrainingRun run = RunTraining.Sweep.Train([origin.Plan.Request], cancellation)[0];

        new NetworkSpectra(run.ReadCheckpoint(run.CheckpointEpochs.Last(epoch => epoch <= origin.Last.Epoch)).Weights, run.Config.CreateTask()).KeyFrequencies.Frequencies
            .Should().Equal(sweep.Runs[2].Plan.Config.FrequencyDecay!.Frequencies);
        origin.FirstEpoch(row => row.TestAccuracy >= TrainedCurve.GeneralizedTestAccuracy).Should().Be(sweep.Runs[3].Plan.Schedule.Epochs);
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Inside_and_outside_exchanged_refute_it(CancellationToken cancellation) =>
        Exchanged([0, 2, 1, 3, 4], cancellation).Should().RefuteItBy("test accuracy with weight decay in the key frequencies alone", "time to generalize with weight decay in all but the key frequencies", "the same");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void As_many_other_frequencies_refute_it(CancellationToken cancellation) => 
        Exchanged([0, 1, 3, 2, 4], cancellation).Should().RefuteItBy("time to generalize with weight decay in all but the key frequencies", "the same");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Twice_the_weight_decay_taken_for_none_refutes_it(CancellationToken cancellation) => Exchanged([4, 1, 2, 3, 0], cancellation).Should().RefuteItBy(
        "test accuracy without weight decay", "time to generalize with twice the weight decay, over the run's own: the longest", "sum of squared weights without weight decay");

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void So_it_is_on_a_fresh_seed(CancellationToken cancellation)
    {
        if (!TrainingTier.IsNightly)
        {
            Assert.Ignore("fresh seeds are the nightly tier's");
        }

        var claim = WeightDecayDrivesCleanup.Of(RunTraining.Mainline.Seeds(cancellation)[0]);
        new SweepFamily(RunTraining.Sweep, [claim]).Of(claim, cancellation).Should().ShowIt();
    }

    /// <summary>The branches at every place taken for one another.</summary>
    private static Sweep Exchanged(int[] order, CancellationToken cancellation) =>
        SweepRuns.Of<WeightDecayDrivesCleanup>(cancellation).Exchanged([0, .. Enumerable.Range(0, Places).SelectMany(place => order.Select(branch => 1 + (order.Length * place) + branch))]);
}

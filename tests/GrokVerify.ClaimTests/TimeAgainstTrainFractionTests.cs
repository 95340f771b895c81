using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="TimeAgainstTrainFraction"/>
[Category("Claim")]
public class TimeAgainstTrainFractionTests
{
    /// <summary>Runs of the first seed; those of others come behind them.</summary>
    private static readonly int Fractions = SweepRuns.OfTier<TimeAgainstTrainFraction>().Plan.Count(run => run.Config.Seed == TrainingTier.FirstSeed);

    private static readonly string Exponent = TrainingTier.IsNightly ? "exponent of epochs to generalize against the fraction, up to 0.6, largest" : "exponent of epochs";

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_fewer_pairs_a_network_is_trained_on_the_later_it_generalizes(CancellationToken cancellation) =>
        SweepRuns.Of<TimeAgainstTrainFraction>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Fractions_taken_in_the_reverse_order_refute_it(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<TimeAgainstTrainFraction>(cancellation);
        sweep.Exchanged([.. Enumerable.Range(0, Fractions).Reverse()]).Should().RefuteItBy(
            "epochs to generalize at a fraction, over those", Exponent, TrainingTier.IsNightly ? "largest test loss at fraction 0.8" : "largest test loss at fraction 0.45", "largest test loss at fraction 0.8");
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Runs_that_are_all_alike_refute_it(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<TimeAgainstTrainFraction>(cancellation);
        sweep.Exchanged([.. Enumerable.Repeat(1, Fractions)]).Should().RefuteItBy(TrainingTier.IsNightly ? "epochs to generalize at fraction 0.25" : "epochs to generalize at fraction 0.45", Exponent);
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_refute_it(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<TimeAgainstTrainFraction>(cancellation);
        int last = Fractions - 1;
        sweep.With(last, SweepRuns.Family.OnShuffledLabels(sweep.Runs[last].Plan, cancellation)).Should().RefuteItBy(
            "epochs to generalize at a fraction, over those", "largest test loss at fraction 0.8", "epochs to generalize at fraction 0.8");
    }
}

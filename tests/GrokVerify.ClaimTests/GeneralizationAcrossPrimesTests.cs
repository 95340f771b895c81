using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="GeneralizationAcrossPrimes"/>
[Category("Claim")]
public class GeneralizationAcrossPrimesTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Networks_generalize_at_every_prime_and_small_ones_need_more(CancellationToken cancellation) =>
        SweepRuns.Of<GeneralizationAcrossPrimes>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Small_and_large_primes_exchanged_refute_it(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<GeneralizationAcrossPrimes>(cancellation);
        int primes = sweep.Runs.Count(run => run.Plan.Config.TrainFraction > 0.5);
        sweep.Exchanged([.. Enumerable.Range(0, primes).Reverse(), .. Enumerable.Range(primes, sweep.Runs.Count - primes)]).Should().RefuteItBy("epochs to generalize at fraction 0.6, the smallest prime");
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Weak_and_strong_weight_decay_exchanged_refute_it(CancellationToken cancellation)
    {
        Assume.That(TrainingTier.IsNightly, "the default tier leaves out what takes tens of thousands of epochs");
        Sweep sweep = SweepRuns.Of<GeneralizationAcrossPrimes>(cancellation);
        int primes = sweep.Runs.Count - 2;
        sweep.Exchanged([.. Enumerable.Range(0, primes), primes + 1, primes]).Should().RefuteItBy("p = 53, fraction 0.3, weight decay 1");
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_refute_it(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<GeneralizationAcrossPrimes>(cancellation);
        sweep.With(1, SweepRuns.Family.OnShuffledLabels(sweep.Runs[1].Plan, cancellation)).Should().RefuteItBy("last test accuracy at fraction 0.6");
    }
}

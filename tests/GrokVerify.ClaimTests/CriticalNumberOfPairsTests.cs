using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="CriticalNumberOfPairs"/>
[Category("Claim")]
public class CriticalNumberOfPairsTests
{
    private static readonly int Runs = SweepRuns.OfTier<CriticalNumberOfPairs>().Plan.Count;

    /// <summary>The run that generalizes; those that are trained on come behind it.</summary>
    private static readonly int Generalizing = Runs - CriticalNumberOfPairs.TrainedOn - 1;

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Norms_tell_with_how_many_pairs_a_network_forgets(CancellationToken cancellation) => SweepRuns.Of<CriticalNumberOfPairs>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Few_and_many_pairs_exchanged_refute_it(CancellationToken cancellation) => SweepRuns.Of<CriticalNumberOfPairs>(cancellation).Exchanged([.. Enumerable.Range(0, Runs).Reverse()]).Should().RefuteItBy(
        "growth of the ratio", "pairs with which");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void One_network_for_every_number_of_pairs_refutes_it(CancellationToken cancellation)
    {
        Sweep sweep = SweepRuns.Of<CriticalNumberOfPairs>(cancellation);

        sweep.Exchanged([.. Enumerable.Range(0, Runs).Select(run => run < Generalizing ? 0 : run)]).Should().RefuteItBy("sum of squared weights of memorizing over that of generalizing, with the most", "growth", "pairs with which");
        sweep.Exchanged([.. Enumerable.Range(0, Runs).Select(run => run < Generalizing ? Generalizing : run)]).Should().RefuteItBy(
            "sum of squared weights of memorizing over that of generalizing, with the fewest", "sum of squared weights of memorizing over that of generalizing, with the most", "growth", "pairs with which");
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_that_does_not_forget_refutes_it(CancellationToken cancellation) =>
        SweepRuns.Of<CriticalNumberOfPairs>(cancellation).Exchanged([.. Enumerable.Range(0, Runs).Select(run => run > Generalizing ? Generalizing : run)]).Should().RefuteItBy("pairs with which");
}

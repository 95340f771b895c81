using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="Ungrokking"/>
[Category("Claim")]
public class UngrokkingTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Trained_on_with_few_pairs_a_network_forgets_whatever_the_weight_decay(CancellationToken cancellation) =>
        SweepRuns.Of<Ungrokking>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Few_and_many_pairs_exchanged_refute_it(CancellationToken cancellation) =>
        SweepRuns.Of<Ungrokking>(cancellation).Exchanged(2, 2, 0).Should().RefuteItBy(
            "test accuracy after training on few pairs at weight decay 2", "test accuracy after training on few pairs at weight decay 5", "test accuracy after training on many pairs");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void One_of_the_two_that_does_not_forget_refutes_the_independence_of_weight_decay(CancellationToken cancellation) =>
        SweepRuns.Of<Ungrokking>(cancellation).Exchanged(0, 2, 2).Should().RefuteItBy("difference of these two");
}

using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="TimeAgainstWeightDecay"/>
[Category("Claim")]
public class TimeAgainstWeightDecayTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_weaker_the_weight_decay_the_later_a_network_generalizes(CancellationToken cancellation) =>
        SweepRuns.Of<TimeAgainstWeightDecay>(cancellation).Should().ShowIt();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Weak_and_strong_weight_decay_exchanged_refute_it(CancellationToken cancellation) =>
        SweepRuns.Of<TimeAgainstWeightDecay>(cancellation).Exchanged(2, 1, 0).Should().RefuteItBy(TrainingTier.IsNightly
            ? ["epochs to generalize at a weight decay", "exponent of epochs to generalize against the weight decay, up to 1, largest", "last sum of squared weights at a weight decay"]
            : ["epochs to generalize at a weight decay", "exponent of epochs"]);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Weight_decay_taken_for_none_refutes_it(CancellationToken cancellation) =>
        SweepRuns.Of<TimeAgainstWeightDecay>(cancellation).Exchanged(0, 1, 2, 1).Should().RefuteItBy("test accuracy without weight decay", "sum of squared weights without weight decay");

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void No_weight_decay_taken_for_some_refutes_it(CancellationToken cancellation) =>
        SweepRuns.Of<TimeAgainstWeightDecay>(cancellation).Exchanged(0, 3, 2, 3).Should().RefuteItBy("epochs to generalize at a weight decay", "sum of squared weights with weight decay 1");
}

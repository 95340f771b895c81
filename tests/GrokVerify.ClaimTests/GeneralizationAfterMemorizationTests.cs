using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="GeneralizationAfterMemorization"/>
[Category("Claim")]
public class GeneralizationAfterMemorizationTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_mainline_generalizes_long_after_it_has_memorized(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<GeneralizationAfterMemorization>();

    [TestCase(Control.Untrained, "epoch of memorization (train accuracy 0.99, train loss below 1e-2)")]
    [TestCase(Control.NoWeightDecay, "epoch of generalization (test accuracy 0.99)")]
    [TestCase(Control.ShuffledLabels, "epoch of generalization (test accuracy 0.99)")]
    [TestCase(Control.OtherPrime, "epoch of memorization (train accuracy 0.99, train loss below 1e-2)")]
    [TestCase(Control.HalvesExchanged, "generalization over memorization, ratio of epochs")]
    [TestCase(Control.MemorizedAtTheEnd, "generalization over memorization, ratio of epochs")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Seeds(control, cancellation).Should().Refute<GeneralizationAfterMemorization>(statistic);
}

using GrokVerify.Claims;
using GrokVerify.Judging;

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
}

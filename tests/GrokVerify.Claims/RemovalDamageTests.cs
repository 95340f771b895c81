using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="RemovalDamage"/>
[Category("Claim")]
public class RemovalDamageTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Removal_does_the_more_damage_the_larger_the_part_in_the_logits(CancellationToken cancellation) =>
        MainlineRuns.Seeds(cancellation).Should().Show<RemovalDamage>();

    [TestCase(Control.Untrained, "Kendall's tau between |alpha_k| and the excluded loss of k")]
    [TestCase(Control.NoWeightDecay, "Kendall's tau between |alpha_k| and the excluded loss of k")]
    [TestCase(Control.ShuffledLabels, "Kendall's tau between |alpha_k| and the excluded loss of k")]
    [TestCase(Control.OtherPrime, "Kendall's tau between |alpha_k| and the excluded loss of k")]
    [TestCase(Control.MemorizedAtTheEnd, "Kendall's tau between |alpha_k| and the excluded loss of k")]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_control_refutes_it(Control control, string statistic, CancellationToken cancellation) =>
        ControlRuns.Of(control, cancellation).Should().Refute<RemovalDamage>(statistic);
}

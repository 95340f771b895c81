using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="RemovalDamage"/>
[Category("Claim")]
public class RemovalDamageTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void On_average_removal_does_the_more_damage_the_larger_the_part_in_the_logits(CancellationToken cancellation) =>
        RunTraining.Mainline.Judge(new RemovalDamage(), cancellation).Should().Hold();

    [TestCase(Control.Untrained)]
    [TestCase(Control.NoWeightDecay)]
    [TestCase(Control.ShuffledLabels)]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Networks_without_key_frequencies_refute_it(Control control, CancellationToken cancellation) =>
        new RemovalDamage().Judge([RunTraining.Mainline.Spoiled(control, cancellation).Evidence, RunTraining.Mainline.Seed(TrainingTier.FirstSeed, cancellation).Evidence]).Verdict.Should().Be(Verdict.DoesNotHold);
}

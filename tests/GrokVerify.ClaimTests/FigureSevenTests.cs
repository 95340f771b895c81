using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="FigureSeven"/>
[Category("Claim")]
public class FigureSevenTests
{
    private const int Others = 2;

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Seed_0_goes_the_way_of_the_figure(CancellationToken cancellation) =>
        new FigureSeven().Judge([.. Enumerable.Range(0, 1 + Others).Select(seed => RunTraining.Mainline.Seed(seed, cancellation).Evidence)]).Should().Hold();

    [TestCase(1)]
    [TestCase(2)]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Another_seed_goes_another_way(int seed, CancellationToken cancellation) =>
        new FigureSeven().Judge([RunTraining.Mainline.Seed(seed, cancellation).Evidence]).Verdict.Should().Be(Verdict.DoesNotHold);

    [TestCase(Control.NoWeightDecay)]
    [TestCase(Control.ShuffledLabels)]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_that_does_not_generalize_goes_another_way(Control control, CancellationToken cancellation) =>
        new FigureSeven().Judge([RunTraining.Mainline.Spoiled(control, cancellation).Evidence]).Verdict.Should().Be(Verdict.DoesNotHold);
}

using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ForecastOfTheJump"/>
internal sealed class ForecastOfTheJumpTests : RunClaimTests<ForecastOfTheJump>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_epoch_of_the_jump_is_told_long_before(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);

    [TestCase(Control.NoWeightDecay)]
    [TestCase(Control.ShuffledLabels)]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void What_never_jumps_is_foretold_so_at_every_epoch(Control control, CancellationToken cancellation)
    {
        RunEvidence run = RunTraining.Mainline.Spoiled(control, cancellation).Evidence;

        JumpForecast.Fits.Select(fit => ForecastOfTheJump.Foretold(run, fit)).Should().OnlyContain(forecast => forecast != null && forecast.Epoch == null);
    }
}

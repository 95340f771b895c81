using GrokVerify.Architectures;
using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="TwoLayersLagBehindOne"/>
[Category("Claim")]
public class TwoLayersLagBehindOneTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Two_layers_lag_behind_one(CancellationToken cancellation) => ArchitectureTrainings.RequireToHold(new TwoLayersLagBehindOne(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void One_layer_in_the_place_of_two_does_not_lag_behind(CancellationToken cancellation)
    {
        var claim = new TwoLayersLagBehindOne();
        ArchitectureTrial one = claim.Plan(ArchitectureTrainings.Seeds[0])[0];

        ArchitectureTrainings.RequireToRefute(claim, [one, one], "best test accuracy of two layers", cancellation);
    }
}

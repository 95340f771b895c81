using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="ClosedFormNetwork"/>
internal sealed class ClosedFormNetworkTests : RunClaimTests<ClosedFormNetwork>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void A_network_in_closed_form_solves_the_task(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

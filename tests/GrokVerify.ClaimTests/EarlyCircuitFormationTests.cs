using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="EarlyCircuitFormation"/>
internal sealed class EarlyCircuitFormationTests : RunClaimTests<EarlyCircuitFormation>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_circuit_forms_long_before_the_test_accuracy_moves(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

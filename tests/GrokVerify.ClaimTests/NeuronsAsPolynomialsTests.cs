using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="NeuronsAsPolynomials"/>
internal sealed class NeuronsAsPolynomialsTests : RunClaimTests<NeuronsAsPolynomials>
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Neurons_can_be_replaced_by_polynomials_of_degree_two(CancellationToken cancellation) => RequireSeedsToShowIt(cancellation);
}

using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="FourHeadsNeedTheMlp"/>
[Category("Claim")]
public class FourHeadsNeedTheMlpTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Four_heads_need_the_mlp(CancellationToken cancellation) => ArchitectureTrainings.RequireToHold(new FourHeadsNeedTheMlp(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void The_network_with_its_mlp_in_the_place_of_attention_alone_is_not_near_chance(CancellationToken cancellation)
    {
        var claim = new FourHeadsNeedTheMlp();
        PlannedRun withMlp = claim.Plan(ArchitectureTrainings.Seeds[0])[0];

        ArchitectureTrainings.RequireToRefute(claim, [withMlp, withMlp], "best test accuracy of attention alone", cancellation);
    }
}

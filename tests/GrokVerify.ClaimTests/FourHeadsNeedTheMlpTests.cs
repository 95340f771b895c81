using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="FourHeadsNeedTheMlp"/>
/// <remarks>Trained in the nightly tier. In the default tier the claim is judged on the committed table of the search.</remarks>
[Category("Claim")]
public class FourHeadsNeedTheMlpTests
{
    [SetUp]
    public void Wait_for_the_night()
    {
        if (!TrainingTier.IsNightly)
        {
            Assert.Ignore("judged on the committed table of the search: nightly tier");
        }
    }

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

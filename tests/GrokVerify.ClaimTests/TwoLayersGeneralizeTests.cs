using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="TwoLayersGeneralize"/>
/// <remarks>Trained in the nightly tier, through libtorch: a seed takes minutes. In the default tier the claim is judged on the committed table of the search.</remarks>
[Category("Claim")]
public class TwoLayersGeneralizeTests
{
    [SetUp]
    public void Wait_for_the_night()
    {
        if (!TrainingTier.IsNightly)
        {
            Assert.Ignore("two layers take minutes to train: nightly tier");
        }
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Two_layers_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToHold(new TwoLayersGeneralize(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_do_not_generalize(CancellationToken cancellation)
    {
        var claim = new TwoLayersGeneralize();
        PlannedRun trial = claim.Plan(ArchitectureTrainings.Seeds[0])[0];

        ArchitectureTrainings.RequireToRefute(
            claim, [trial with { Config = trial.Config with { LabelRule = LabelRule.Shuffled }, Schedule = trial.Schedule with { Epochs = 4_000 } }], "epoch of generalization", cancellation);
    }
}

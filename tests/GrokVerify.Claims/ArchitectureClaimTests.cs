using GrokVerify.Architectures;
using GrokVerify.Claims;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <summary>Attention without the MLP, trained anew on seeds that the search did not use.</summary>
[Category("Claim")]
public class ArchitectureClaimTests
{
    private const int TrainingLimit = 600_000;

    private static ArchitectureTrial ManyHeads => ArchitectureBudget.ManyHeadsAndPairs(ArchitectureTrainings.Seeds[0]);

    /// <inheritdoc cref="AttentionAloneGeneralizes"/>
    [Test]
    [CancelAfter(TrainingLimit)]
    public void Attention_alone_generalizes_from_most_of_the_pairs(CancellationToken cancellation) =>
        ArchitectureTrainings.RequireToHold(new AttentionAloneGeneralizes(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TrainingLimit)]
    public void Labels_without_a_rule_do_not_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToRefute(
        new AttentionAloneGeneralizes(),
        [ManyHeads with { Config = ManyHeads.Config with { LabelRule = LabelRule.Shuffled }, Epochs = 5_000 }],
        "epoch of generalization",
        cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TrainingLimit)]
    public void One_head_does_not_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToRefute(
        new AttentionAloneGeneralizes(),
        [ManyHeads with { Config = ManyHeads.Config with { Model = ManyHeads.Config.Model with { Heads = 1 } }, Epochs = 5_000 }],
        "epoch of generalization",
        cancellation);

    /// <inheritdoc cref="FourHeadsNeedTheMlp"/>
    [Test]
    [CancelAfter(TrainingLimit)]
    public void Four_heads_need_the_mlp(CancellationToken cancellation) => ArchitectureTrainings.RequireToHold(new FourHeadsNeedTheMlp(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TrainingLimit)]
    public void The_network_with_its_mlp_in_the_place_of_attention_alone_is_not_near_chance(CancellationToken cancellation)
    {
        var claim = new FourHeadsNeedTheMlp();
        ArchitectureTrial withMlp = claim.Plan(ArchitectureTrainings.Seeds[0])[0];

        ArchitectureTrainings.RequireToRefute(claim, [withMlp, withMlp], "best test accuracy of attention alone", cancellation);
    }
}

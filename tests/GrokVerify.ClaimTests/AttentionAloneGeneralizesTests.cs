using GrokVerify.Architectures;
using GrokVerify.Claims;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AttentionAloneGeneralizes"/>
[Category("Claim")]
public class AttentionAloneGeneralizesTests
{
    private static ArchitectureTrial ManyHeads => ArchitectureBudget.ManyHeadsAndPairs(ArchitectureTrainings.Seeds[0]);

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Attention_alone_generalizes_from_most_of_the_pairs(CancellationToken cancellation) =>
        ArchitectureTrainings.RequireToHold(new AttentionAloneGeneralizes(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_do_not_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToRefute(
        new AttentionAloneGeneralizes(),
        [ManyHeads with { Config = ManyHeads.Config with { LabelRule = LabelRule.Shuffled }, Epochs = 5_000 }],
        "epoch of generalization",
        cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void One_head_does_not_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToRefute(
        new AttentionAloneGeneralizes(),
        [ManyHeads with { Config = ManyHeads.Config with { Model = ManyHeads.Config.Model with { Heads = 1 } }, Epochs = 5_000 }],
        "epoch of generalization",
        cancellation);
}

using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="AttentionAloneGeneralizes"/>
[Category("Claim")]
public class AttentionAloneGeneralizesTests
{
    private static PlannedRun ManyHeads => ArchitectureBudget.ManyHeadsAndPairs(ArchitectureTrainings.Seeds[0]);

    private static PlannedRun Half(string name, TrainingConfig config) => ManyHeads with { Name = name, Config = config, Schedule = ManyHeads.Schedule with { Epochs = 5_000 } };

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Attention_alone_generalizes_from_most_of_the_pairs(CancellationToken cancellation) =>
        ArchitectureTrainings.RequireToHold(new AttentionAloneGeneralizes(), cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Labels_without_a_rule_do_not_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToRefute(
        new AttentionAloneGeneralizes(),
        [Half("shuffled labels", ManyHeads.Config with { LabelRule = LabelRule.Shuffled })],
        "epoch of generalization",
        cancellation);

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void One_head_does_not_generalize(CancellationToken cancellation) => ArchitectureTrainings.RequireToRefute(
        new AttentionAloneGeneralizes(),
        [Half("one head", ManyHeads.Config with { Model = ManyHeads.Config.Model with { Heads = 1 } })],
        "epoch of generalization",
        cancellation);
}

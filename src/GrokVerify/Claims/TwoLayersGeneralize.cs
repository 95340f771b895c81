using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>Two layers, each with its MLP, generalize too, by cosines of a few frequencies.</summary>
/// <remarks>
/// The paper makes no such claim: its network has one layer.
/// Statistic, at p = 59, 40% of the pairs, four heads, d_model 128, weight decay 2: the epoch of generalization; spectral contrast, number and logit FVE of the key frequencies.
/// Rule: that of <see cref="AttentionAloneGeneralizes"/>, as far as it speaks of the logits. Explored before: seeds 0 and 1 (2,800 and 2,500, contrast 57 and 97, logit FVE 0.87 and 0.98; one
/// layer: 2,700 on seed 0). At p = 31, d_model 64, weight decay 1 two layers had 0.20 to 0.40 on the test pairs at epoch 10,000 from 40% and half of the pairs (four trials).
/// </remarks>
internal sealed class TwoLayersGeneralize : ArchitectureClaim
{
    private static readonly Statistic Generalization = new("epoch of generalization (test accuracy 0.99), two layers", AtMost: 10_000);

    public override string Id => "two-layers-generalize";

    public override string Sentence => "Two layers generalize too, by cosines of a few frequencies";

    public override string Source => "none: the paper's network has one layer; a finding of the search of architectures";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Generalization, .. FewCosines.Statistics];

    public override IReadOnlyList<PlannedRun> Plan(long seed) => [ArchitectureBudget.HeadsOfThePaper(ArchitectureBudget.TwoLayers, seed)];

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrialOutcome> outcomes) =>
        [Generalization.Of(outcomes[0].Generalized, $"never within {outcomes[0].Epoch} epochs"), .. FewCosines.Of(outcomes[0])];
}

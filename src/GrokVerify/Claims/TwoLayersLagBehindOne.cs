using GrokVerify.Architectures;

namespace GrokVerify.Claims;

/// <summary>From half of the pairs one layer generalizes; two memorize as well, but have not generalized within 10,000 epochs.</summary>
/// <remarks>
/// The paper makes no such claim: its network has one layer.
/// Statistic, at p = 31, four heads, d_model 64, weight decay 1: the epoch of generalization of one layer; the epoch of memorization of two layers, each with its MLP, and their best test
/// accuracy.
/// Rule: one layer by epoch 10,000; two memorize by then and have at most 0.75 on the test pairs, well above what two explored seeds had (0.40 and 0.30) and below generalization.
/// </remarks>
public sealed class TwoLayersLagBehindOne : ArchitectureClaim
{
    private static readonly Statistic OneLayer = new("epoch of generalization (test accuracy 0.99), one layer", AtMost: 10_000);
    private static readonly Statistic Memorized = new("epoch of memorization (train accuracy 0.99), two layers", AtMost: 10_000);
    private static readonly Statistic Behind = new("best test accuracy of two layers within 10,000 epochs", AtMost: 0.75);

    public override string Id => "two-layers-lag-behind-one";

    public override string Sentence => "From half of the pairs one layer generalizes; two memorize, but have not generalized within 10,000 epochs";

    public override string Source => "none: the paper's network has one layer; a finding of the search of architectures";

    public override IReadOnlyList<Statistic> Statistics { get; } = [OneLayer, Memorized, Behind];

    public override IReadOnlyList<ArchitectureTrial> Plan(long seed) =>
        [ArchitectureBudget.HalfOfThePairs(Architecture.OneLayer, seed), ArchitectureBudget.HalfOfThePairs(Architecture.TwoLayers, seed)];

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrialOutcome> outcomes)
    {
        (TrialOutcome one, TrialOutcome two) = (outcomes[0], outcomes[1]);
        yield return OneLayer.Of(one.Generalized, $"never within {one.Epoch} epochs");
        yield return Memorized.Of(two.Memorized, $"never within {two.Epoch} epochs");
        yield return Behind.Of(two.BestTestAccuracy);
    }
}

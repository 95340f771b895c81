using GrokVerify.Architectures;

namespace GrokVerify.Claims;

/// <summary>Two layers, each with its MLP, generalize too, by cosines of a few frequencies.</summary>
/// <remarks>
/// The paper makes no such claim: its network has one layer.
/// Statistic, at p = 59, 40% of the pairs, four heads, d_model 128, weight decay 2: the epoch of generalization; spectral contrast, number and logit FVE of the key frequencies.
/// Rule: that of <see cref="AttentionAloneGeneralizes"/>, as far as it speaks of the logits. Explored before: seeds 0 and 1 (2,800 and 2,500, contrast 57 and 97, logit FVE 0.87 and 0.98; one
/// layer: 2,700 on seed 0). At p = 31, d_model 64, weight decay 1 two layers had 0.20 to 0.40 on the test pairs at epoch 10,000 from 40% and half of the pairs (four trials).
/// </remarks>
public sealed class TwoLayersGeneralize : ArchitectureClaim
{
    private static readonly Statistic Generalization = new("epoch of generalization (test accuracy 0.99), two layers", AtMost: 10_000);
    private static readonly Statistic Contrast = new("spectral contrast", AtLeast: 5);
    private static readonly Statistic Count = new("number of key frequencies", AtLeast: 2, AtMost: 8);
    private static readonly Statistic LogitFve = new("logit FVE of the key frequencies", AtLeast: 0.7, AtMost: 1);

    public override string Id => "two-layers-generalize";

    public override string Sentence => "Two layers generalize too, by cosines of a few frequencies";

    public override string Source => "none: the paper's network has one layer; a finding of the search of architectures";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Generalization, Contrast, Count, LogitFve];

    public override IReadOnlyList<ArchitectureTrial> Plan(long seed) => [ArchitectureBudget.HeadsOfThePaper(Architecture.TwoLayers, seed)];

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrialOutcome> outcomes)
    {
        TrialOutcome two = outcomes[0];
        const string noKeys = "no key frequencies";
        yield return Generalization.Of(two.Generalized, $"never within {two.Epoch} epochs");
        yield return Contrast.Of(two.SpectralContrast);
        yield return Count.Of(two.KeyFrequencies.Count > 0 ? two.KeyFrequencies.Count : null, noKeys);
        yield return LogitFve.Of(two.LogitFve, noKeys);
    }
}

using GrokVerify.Architectures;

namespace GrokVerify.Claims;

/// <summary>
/// A network of two layers generalizes too, by cosines of a few frequencies.
/// </summary>
/// <remarks>
/// The paper trains one layer and asks in its discussion whether more layers do the same.
/// Statistic, on two layers of attention and MLP with p = 31, half of the pairs, d_model 64: the epoch of generalization; spectral contrast, number and logit FVE of the key frequencies.
/// Rule, fixed before any network of two layers had been looked at: it generalizes within 10,000 epochs; contrast at least 5 and 2 to 8 key frequencies, as <see cref="KeyFrequencySparsity"/>
/// asks of one layer; logit FVE at least 0.7, as <see cref="AttentionAloneGeneralizes"/> asks of another architecture.
/// </remarks>
public sealed class TwoLayersGeneralize : ArchitectureClaim
{
    private static readonly Statistic Generalization = new("epoch of generalization (test accuracy 0.99), two layers", AtMost: 10_000);
    private static readonly Statistic Contrast = new("spectral contrast", AtLeast: 5, Published: "184 (released wd 0.1 network, one layer)");
    private static readonly Statistic Count = new("number of key frequencies", AtLeast: 2, AtMost: 8, Published: "5 (section 4.1, one layer)");
    private static readonly Statistic LogitFve = new("logit FVE of the key frequencies", AtLeast: 0.7, AtMost: 1, Published: "0.95 (section 4.2, one layer)");

    public override string Id => "two-layers-generalize";

    public override string Sentence => "A network of two layers generalizes too, by cosines of a few frequencies";

    public override string Source => "none: the paper's network has one layer; a finding of the search of architectures";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Generalization, Contrast, Count, LogitFve];

    public override IReadOnlyList<ArchitectureTrial> Plan(long seed) => [ArchitectureBudget.HalfOfThePairs(Architecture.TwoLayers, seed)];

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrialOutcome> outcomes)
    {
        TrialOutcome layers = outcomes[0];
        const string noKeys = "no key frequencies";
        yield return Generalization.Of(layers.Generalized, $"never within {layers.Epoch} epochs");
        yield return Contrast.Of(layers.SpectralContrast);
        yield return Count.Of(layers.KeyFrequencies.Count > 0 ? layers.KeyFrequencies.Count : null, noKeys);
        yield return LogitFve.Of(layers.LogitFve, noKeys);
    }
}

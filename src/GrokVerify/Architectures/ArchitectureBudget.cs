using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Architectures;

/// <summary>
/// The written budget of the search: what is trained, and for how long. p = 31, four heads, d_model = 64, weight decay 1, seed 0 and 10,000 epochs where nothing else is said: a
/// trial of attention alone then takes seconds. A head is d_model / heads wide.
/// </summary>
public static class ArchitectureBudget
{
    private const int LargerPrime = 59;
    private const int WidthOfThePaper = 128;
    private static readonly double[] Fractions = [0.8, 0.6, 0.5, 0.4, 0.3];
    private static readonly double[] FractionsWithMlp = [0.5, 0.4, 0.3];
    private static readonly int[] Heads = [1, 2, 4, 8, 16];
    private static readonly int[] OtherWidths = [32, 128];
    private static readonly int[] HeadsByWidth = [2, 4, 8, 16];
    private static readonly double[] OtherDecays = [0, 0.3, 2, 5];
    private static readonly (int Heads, double Fraction)[] SettingsByDecay = [(4, 0.5), (8, 0.6), (8, 0.8)];
    private static readonly long[] OtherSeeds = [1, 2];
    private static readonly (int Heads, double Fraction)[] SettingsBySeed = [(4, 0.4), (8, 0.6), (8, 0.8)];

    /// <summary>Every trial. The questions whose answers the others are read by come first.</summary>
    public static IReadOnlyList<ArchitectureTrial> Trials { get; } =
    [
        .. OfClaims(seed: 0),
        .. HeadsAndFraction(),
        .. WithMlp(),
        .. TwoLayers(),
        .. HeadsAndWidth(),
        .. WeightDecay(),
        .. Seeds(),
        .. LargerPrimes(),
    ];

    /// <summary>From most of the pairs, with eight heads and much weight decay: where attention alone generalizes soonest.</summary>
    public static ArchitectureTrial ManyHeadsAndPairs(long seed) =>
        Of(Architecture.AttentionOnly, 0.8, heads: 8, width: WidthOfThePaper, weightDecay: 3, seed: seed);

    /// <summary>The heads and the width of the paper, at p = 59 and 40% of the pairs, weight decay 2: with its MLP this network generalizes within seconds.</summary>
    public static ArchitectureTrial HeadsOfThePaper(Architecture architecture, long seed) =>
        Of(architecture, 0.4, prime: LargerPrime, width: WidthOfThePaper, weightDecay: 2, seed: seed);

    private static IEnumerable<ArchitectureTrial> OfClaims(long seed) =>
        [ManyHeadsAndPairs(seed), HeadsOfThePaper(Architecture.OneLayer, seed), HeadsOfThePaper(Architecture.AttentionOnly, seed)];

    private static IEnumerable<ArchitectureTrial> HeadsAndFraction() =>
        from fraction in Fractions
        from heads in Heads
        select Of(Architecture.AttentionOnly, fraction, heads: heads);

    /// <summary>The network with its MLP at the same fractions.</summary>
    private static IEnumerable<ArchitectureTrial> WithMlp() => FractionsWithMlp.Select(fraction => Of(Architecture.OneLayer, fraction));

    private static IEnumerable<ArchitectureTrial> TwoLayers() =>
    [
        Of(Architecture.TwoLayersAttentionOnly, 0.8),
        Of(Architecture.TwoLayersAttentionOnly, 0.6),
        Of(Architecture.TwoLayersAttentionOnly, 0.5),
        Of(Architecture.TwoLayersAttentionOnly, 0.4),
        Of(Architecture.TwoLayersAttentionOnly, 0.5, heads: 1),
        Of(Architecture.TwoLayersAttentionOnly, 0.5, seed: 1),
        Of(Architecture.TwoLayers, 0.8),
        Of(Architecture.TwoLayers, 0.5),
        Of(Architecture.TwoLayers, 0.4),
        Of(Architecture.TwoLayers, 0.5, seed: 1),
        HeadsOfThePaper(Architecture.TwoLayers, seed: 0),
        HeadsOfThePaper(Architecture.TwoLayers, seed: 1),
        HeadsOfThePaper(Architecture.TwoLayersAttentionOnly, seed: 0),
    ];

    /// <summary>Whether width replaces heads.</summary>
    private static IEnumerable<ArchitectureTrial> HeadsAndWidth() =>
        from width in OtherWidths
        from heads in HeadsByWidth
        select Of(Architecture.AttentionOnly, 0.6, heads: heads, width: width);

    private static IEnumerable<ArchitectureTrial> WeightDecay() =>
        from setting in SettingsByDecay
        from decay in OtherDecays
        select Of(Architecture.AttentionOnly, setting.Fraction, heads: setting.Heads, weightDecay: decay);

    /// <summary>Other weights and another split; and labels without a rule.</summary>
    private static IEnumerable<ArchitectureTrial> Seeds() =>
    [
        .. from setting in SettingsBySeed
           from seed in OtherSeeds
           select Of(Architecture.AttentionOnly, setting.Fraction, heads: setting.Heads, seed: seed),
        Of(Architecture.AttentionOnly, 0.8, heads: 8, labels: LabelRule.Shuffled),
    ];

    /// <summary>Many heads where four do not do; and the setting of the paper, for about twice as long as its network needs.</summary>
    private static IEnumerable<ArchitectureTrial> LargerPrimes() =>
    [
        Of(Architecture.AttentionOnly, 0.8, prime: LargerPrime, heads: 8, width: WidthOfThePaper),
        Of(Architecture.AttentionOnly, 0.5, prime: LargerPrime, heads: 16, width: WidthOfThePaper, weightDecay: 2),
        Of(Architecture.AttentionOnly, 0.4, prime: LargerPrime, heads: 32, width: WidthOfThePaper, weightDecay: 2),
        Of(Architecture.AttentionOnly, 0.3, prime: 113, width: WidthOfThePaper),
    ];

    private static ArchitectureTrial Of(
        Architecture architecture,
        double fraction,
        int prime = 31,
        int heads = 4,
        int width = 64,
        double weightDecay = 1,
        long seed = 0,
        long epochs = 10_000,
        LabelRule labels = LabelRule.Sum) => new(
        architecture,
        new TrainingConfig
        {
            Model = new TransformerConfig { Prime = prime, DModel = width, Heads = heads, DMlp = Neurons(architecture, width) },
            TrainFraction = fraction,
            WeightDecay = weightDecay,
            Seed = seed,
            LabelRule = labels,
        },
        epochs);

    private static int Neurons(Architecture architecture, int width) =>
        architecture is Architecture.OneLayer or Architecture.TwoLayers ? 4 * width : CutMlp.Neurons;
}

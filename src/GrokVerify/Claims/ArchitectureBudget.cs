using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Claims;

/// <summary>
/// The written budget of the search: what is trained, and for how long. p = 31, four heads, d_model = 64, weight decay 1, seed 0 and 10,000 epochs where nothing else is said: a
/// trial of attention alone then takes seconds. A head is d_model / heads wide, an MLP four times as wide as the residual stream. A name says what sets a trial apart
/// from every other one, e.g. "attention-only-p59-f0.8-h8-d128-wd1-seed0". A trial ends at its horizon, or 1,500 epochs after it has generalized.
/// </summary>
internal static class ArchitectureBudget
{
    private const int LargerPrime = 59;
    private const int WidthOfThePaper = 128;
    private static readonly TrainingSchedule Horizon = new() { Epochs = 10_000, EpochsAfterGeneralization = 1_500, LogEvery = 100, CheckpointEvery = 1_000 };
    private static readonly double[] Fractions = [0.8, 0.6, 0.5, 0.4, 0.3];
    private static readonly double[] FractionsWithMlp = [0.5, 0.4, 0.3];
    private static readonly int[] Heads = [1, 2, 4, 8, 16];
    private static readonly int[] OtherWidths = [32, 128];
    private static readonly int[] HeadsByWidth = [2, 4, 8, 16];
    private static readonly double[] OtherDecays = [0, 0.3, 2, 5];
    private static readonly (int Heads, double Fraction)[] SettingsByDecay = [(4, 0.5), (8, 0.6), (8, 0.8)];
    private static readonly long[] OtherSeeds = [1, 2];
    private static readonly (int Heads, double Fraction)[] SettingsBySeed = [(4, 0.4), (8, 0.6), (8, 0.8)];

    /// <summary>The paper's: one layer of attention and MLP.</summary>
    public static TransformerConfig OneLayer { get; } = new();

    /// <summary>One layer of attention alone, as some accounts describe the paper's model.</summary>
    public static TransformerConfig AttentionOnly { get; } = new() { AttentionOnly = true };

    /// <summary>Two layers, each of attention and MLP.</summary>
    public static TransformerConfig TwoLayers { get; } = new() { Layers = 2 };

    private static TransformerConfig TwoLayersAttentionOnly { get; } = new() { Layers = 2, AttentionOnly = true };

    /// <summary>Every trial. The questions whose answers the others are read by come first.</summary>
    public static IReadOnlyList<PlannedRun> Trials { get; } =
    [
        .. OfClaims(seed: 0),
        .. HeadsAndFraction(),
        .. WithMlp(),
        .. WithTwoLayers(),
        .. HeadsAndWidth(),
        .. WeightDecay(),
        .. Seeds(),
        .. LargerPrimes(),
    ];

    /// <summary>From most of the pairs, with eight heads and much weight decay: where attention alone generalizes soonest.</summary>
    public static PlannedRun ManyHeadsAndPairs(long seed) =>
        Of(AttentionOnly, 0.8, heads: 8, width: WidthOfThePaper, weightDecay: 3, seed: seed);

    /// <summary>The heads and the width of the paper, at p = 59 and 40% of the pairs, weight decay 2: with its MLP this network generalizes within seconds.</summary>
    public static PlannedRun HeadsOfThePaper(TransformerConfig architecture, long seed) =>
        Of(architecture, 0.4, prime: LargerPrime, width: WidthOfThePaper, weightDecay: 2, seed: seed);

    private static IEnumerable<PlannedRun> OfClaims(long seed) =>
        [ManyHeadsAndPairs(seed), HeadsOfThePaper(OneLayer, seed), HeadsOfThePaper(AttentionOnly, seed)];

    private static IEnumerable<PlannedRun> HeadsAndFraction() =>
        from fraction in Fractions
        from heads in Heads
        select Of(AttentionOnly, fraction, heads: heads);

    /// <summary>The network with its MLP at the same fractions.</summary>
    private static IEnumerable<PlannedRun> WithMlp() => FractionsWithMlp.Select(fraction => Of(OneLayer, fraction));

    private static IEnumerable<PlannedRun> WithTwoLayers() =>
    [
        Of(TwoLayersAttentionOnly, 0.8),
        Of(TwoLayersAttentionOnly, 0.6),
        Of(TwoLayersAttentionOnly, 0.5),
        Of(TwoLayersAttentionOnly, 0.4),
        Of(TwoLayersAttentionOnly, 0.5, heads: 1),
        Of(TwoLayersAttentionOnly, 0.5, seed: 1),
        Of(TwoLayers, 0.8),
        Of(TwoLayers, 0.5),
        Of(TwoLayers, 0.4),
        Of(TwoLayers, 0.5, seed: 1),
        HeadsOfThePaper(TwoLayers, seed: 0),
        HeadsOfThePaper(TwoLayers, seed: 1),
        HeadsOfThePaper(TwoLayersAttentionOnly, seed: 0),
    ];

    /// <summary>Whether width replaces heads.</summary>
    private static IEnumerable<PlannedRun> HeadsAndWidth() =>
        from width in OtherWidths
        from heads in HeadsByWidth
        select Of(AttentionOnly, 0.6, heads: heads, width: width);

    private static IEnumerable<PlannedRun> WeightDecay() =>
        from setting in SettingsByDecay
        from decay in OtherDecays
        select Of(AttentionOnly, setting.Fraction, heads: setting.Heads, weightDecay: decay);

    /// <summary>Other weights and another split; and labels without a rule.</summary>
    private static IEnumerable<PlannedRun> Seeds() =>
    [
        .. from setting in SettingsBySeed
           from seed in OtherSeeds
           select Of(AttentionOnly, setting.Fraction, heads: setting.Heads, seed: seed),
        Of(AttentionOnly, 0.8, heads: 8, labels: LabelRule.Shuffled),
    ];

    /// <summary>Many heads where four do not do; and the setting of the paper, for about twice as long as its network needs.</summary>
    private static IEnumerable<PlannedRun> LargerPrimes() =>
    [
        Of(AttentionOnly, 0.8, prime: LargerPrime, heads: 8, width: WidthOfThePaper),
        Of(AttentionOnly, 0.5, prime: LargerPrime, heads: 16, width: WidthOfThePaper, weightDecay: 2),
        Of(AttentionOnly, 0.4, prime: LargerPrime, heads: 32, width: WidthOfThePaper, weightDecay: 2),
        Of(AttentionOnly, 0.3, prime: 113, width: WidthOfThePaper),
    ];

    private static PlannedRun Of(
        TransformerConfig architecture,
        double fraction,
        int prime = 31,
        int heads = 4,
        int width = 64,
        double weightDecay = 1,
        long seed = 0,
        LabelRule labels = LabelRule.Sum)
    {
        var config = new TrainingConfig
        {
            Model = architecture with { Prime = prime, DModel = width, Heads = heads, DMlp = 4 * width },
            TrainFraction = fraction,
            WeightDecay = weightDecay,
            Seed = seed,
            LabelRule = labels,
        };
        return new PlannedRun(Name(config), config, Horizon);
    }

    private static string Name(TrainingConfig config)
    {
        string architecture = (config.Model.Layers, config.Model.AttentionOnly) switch
        {
            (1, false) => "one-layer",
            (1, true) => "attention-only",
            (_, false) => "two-layers",
            (_, true) => "two-layers-attention-only",
        };
        return FormattableString.Invariant(
            $"{architecture}-p{config.Model.Prime}-f{config.TrainFraction:R}-h{config.Model.Heads}-d{config.Model.DModel}-wd{config.WeightDecay:R}-seed{config.Seed}{(config.LabelRule == LabelRule.Shuffled ? "-shuffled" : "")}");
    }
}

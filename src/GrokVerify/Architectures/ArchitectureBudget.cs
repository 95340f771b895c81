using GrokVerify.Model;
using GrokVerify.Tasks;
using GrokVerify.Training;

namespace GrokVerify.Architectures;

/// <summary>
/// The written budget of the search: what is trained, and for how long. Weight decay 1, seed 0 and 10,000 epochs where nothing else is said; a head is d_model / heads wide.
/// </summary>
public static class ArchitectureBudget
{
    private const int Prime = 59;
    private const int SmallPrime = 31;
    private const int SmallWidth = 64;
    private static readonly int[] Widths = [64, 128, 32];
    private static readonly int[] HeadsByWidth = [4, 8, 16, 32, 2];
    private static readonly double[] Fractions = [0.8, 0.6, 0.5, 0.4];
    private static readonly int[] HeadsByFraction = [1, 2, 4, 8, 16];
    private static readonly int[] HeadsAtMostPairs = [2, 4, 8, 16];
    private static readonly double[] DecaysOfFourHeads = [0, 0.3, 2, 5];
    private static readonly double[] DecaysOfManyHeads = [0.3, 2, 5];
    private static readonly long[] OtherSeeds = [1, 2];

    /// <summary>Every trial. The questions whose answers the others are read by come first.</summary>
    public static IReadOnlyList<ArchitectureTrial> Trials { get; } =
    [
        .. WithMlp(),
        .. HeadsAndWidth(),
        .. HeadsAndFraction(),
        .. TwoLayers(),
        .. WeightDecay(),
        .. Seeds(),
        .. MostPairs(),
        .. PrimeOfThePaper(),
    ];

    /// <summary>The network with its MLP, at settings of the questions below.</summary>
    private static IEnumerable<ArchitectureTrial> WithMlp() =>
    [
        Of(Architecture.OneLayer, Prime, 0.4),
        Of(Architecture.OneLayer, Prime, 0.4, weightDecay: 2),
        Of(Architecture.OneLayer, SmallPrime, 0.4, width: SmallWidth),
        Of(Architecture.OneLayer, SmallPrime, 0.5, width: SmallWidth),
    ];

    /// <summary>Where the network with its MLP generalizes (40% of the pairs): how many heads attention alone needs, and how wide.</summary>
    private static IEnumerable<ArchitectureTrial> HeadsAndWidth() =>
        from width in Widths
        from heads in HeadsByWidth
        select Of(Architecture.AttentionOnly, Prime, 0.4, heads: heads, width: width);

    /// <summary>How many heads, at which share of the pairs; a small prime, because each trial is cheap there.</summary>
    private static IEnumerable<ArchitectureTrial> HeadsAndFraction() =>
        from fraction in Fractions
        from heads in HeadsByFraction
        select Of(Architecture.AttentionOnly, SmallPrime, fraction, heads: heads, width: SmallWidth);

    private static IEnumerable<ArchitectureTrial> TwoLayers()
    {
        foreach (Architecture architecture in new[] { Architecture.TwoLayers, Architecture.TwoLayersAttentionOnly })
        {
            yield return Of(architecture, SmallPrime, 0.5, width: SmallWidth);
            yield return Of(architecture, SmallPrime, 0.5, width: SmallWidth, seed: 1);
            yield return Of(architecture, SmallPrime, 0.4, width: SmallWidth);
            yield return Of(architecture, SmallPrime, 0.3, width: SmallWidth);
            yield return Of(architecture, Prime, 0.4, width: SmallWidth);
        }

        yield return Of(Architecture.TwoLayersAttentionOnly, SmallPrime, 0.5, heads: 1, width: SmallWidth);
        yield return Of(Architecture.TwoLayersAttentionOnly, SmallPrime, 0.8, width: SmallWidth);
    }

    private static IEnumerable<ArchitectureTrial> WeightDecay() =>
    [
        .. DecaysOfFourHeads.Select(decay => Of(Architecture.AttentionOnly, Prime, 0.4, heads: 4, width: 64, weightDecay: decay)),
        .. DecaysOfManyHeads.Select(decay => Of(Architecture.AttentionOnly, Prime, 0.4, heads: 32, weightDecay: decay)),
    ];

    /// <summary>The number of heads and the width of the paper, for twice as long, on other weights and another split.</summary>
    private static IEnumerable<ArchitectureTrial> Seeds() =>
        from seed in OtherSeeds
        from trial in new[]
        {
            Of(Architecture.AttentionOnly, Prime, 0.4, heads: 4, seed: seed, epochs: 20_000),
            Of(Architecture.AttentionOnly, Prime, 0.4, heads: 32, weightDecay: 2, seed: seed),
        }
        select trial;

    /// <summary>Most of the pairs, at the width of the paper; and labels without a rule.</summary>
    private static IEnumerable<ArchitectureTrial> MostPairs() =>
    [
        .. HeadsAtMostPairs.Select(heads => Of(Architecture.AttentionOnly, Prime, 0.8, heads: heads)),
        Of(Architecture.AttentionOnly, Prime, 0.8, heads: 8, labels: LabelRule.Shuffled, epochs: 5_000),
    ];

    /// <summary>The setting of the paper, for twice as long as its network needs; and more heads.</summary>
    private static IEnumerable<ArchitectureTrial> PrimeOfThePaper() =>
    [
        Of(Architecture.AttentionOnly, 113, 0.3, heads: 4, epochs: 20_000),
        Of(Architecture.AttentionOnly, 113, 0.3, heads: 32),
        Of(Architecture.AttentionOnly, 113, 0.5, heads: 16),
    ];

    private static ArchitectureTrial Of(
        Architecture architecture,
        int prime,
        double fraction,
        int heads = 4,
        int width = 128,
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

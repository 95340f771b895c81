using GrokVerify.Model;
using GrokVerify.Tasks;
using GrokVerify.Training;

namespace GrokVerify.Architectures;

/// <summary>
/// The written budget of the search: every trial that was made, decided on before the first of them. p = 59, d_model = 128, weight decay 1, seed 0 and 10,000 epochs where
/// nothing else is said; a head is d_model / heads wide. With its MLP such a network generalizes at epoch 3,400 from 40% of the pairs.
/// </summary>
public static class ArchitectureBudget
{
    private static readonly ArchitectureTrial Base = new(
        Architecture.AttentionOnly,
        new TrainingConfig { Model = new TransformerConfig { Prime = 59, DModel = 128, Heads = 4, DMlp = CutMlp.Neurons }, TrainFraction = 0.4 },
        10_000);

    /// <summary>Every trial, the quick and decisive ones of each question first.</summary>
    public static IReadOnlyList<ArchitectureTrial> Trials { get; } =
    [
        .. HeadsAndFraction(),
        .. Seeds(),
        .. WeightDecay(),
        .. Controls(),
        .. TwoLayers(),
        .. Width(),
        .. Primes(),
    ];

    /// <summary>How many heads, at which share of the pairs.</summary>
    private static IEnumerable<ArchitectureTrial> HeadsAndFraction()
    {
        foreach (double fraction in new[] { 0.8, 0.6, 0.4 })
        {
            foreach (int heads in new[] { 1, 2, 4, 8, 16, 32 })
            {
                yield return Base.With(heads: heads, fraction: fraction);
            }
        }

        yield return Base.With(heads: 8, fraction: 0.5);
        yield return Base.With(heads: 16, fraction: 0.5);
        yield return Base.With(heads: 32, fraction: 0.5);
        yield return Base.With(heads: 16, fraction: 0.3);
        yield return Base.With(heads: 32, fraction: 0.3);
    }

    private static IEnumerable<ArchitectureTrial> WeightDecay()
    {
        foreach ((int heads, double fraction, double[] decays) in new (int, double, double[])[]
        {
            (4, 0.4, [0.1, 0.3, 2, 5]),
            (32, 0.4, [0.3, 2, 5]),
            (8, 0.8, [0, 0.1, 0.3, 2, 5]),
        })
        {
            foreach (double decay in decays)
            {
                yield return Base.With(heads: heads, fraction: fraction, weightDecay: decay);
            }
        }
    }

    /// <summary>Whether width replaces heads.</summary>
    private static IEnumerable<ArchitectureTrial> Width()
    {
        foreach (int width in new[] { 32, 64, 256, 512 })
        {
            yield return Base.With(heads: 8, fraction: 0.6, width: width);
        }

        yield return Base.With(heads: 4, fraction: 0.4, width: 64);
        yield return Base.With(heads: 4, fraction: 0.4, width: 256);
        yield return Base.With(heads: 32, fraction: 0.4, width: 64);
        yield return Base.With(heads: 32, fraction: 0.4, width: 256);
    }

    /// <summary>Other primes, the paper's among them; 20,000 epochs at its own setting, twice what its network took.</summary>
    private static IEnumerable<ArchitectureTrial> Primes()
    {
        foreach (double fraction in new[] { 0.6, 0.8 })
        {
            yield return Base.With(prime: 31, heads: 4, fraction: fraction);
            yield return Base.With(prime: 31, heads: 8, fraction: fraction);
        }

        yield return Base.With(prime: 113, heads: 4, fraction: 0.3, epochs: 20_000);
        yield return Base.With(prime: 113, heads: 32, fraction: 0.3);
        yield return Base.With(prime: 113, heads: 4, fraction: 0.5);
        yield return Base.With(prime: 113, heads: 16, fraction: 0.5);
        yield return Base.With(prime: 113, heads: 4, fraction: 0.8);
    }

    /// <summary>Whether what generalizes, and what does not, does so with other weights and another split.</summary>
    private static IEnumerable<ArchitectureTrial> Seeds()
    {
        foreach (long seed in new long[] { 1, 2 })
        {
            yield return Base.With(heads: 8, fraction: 0.8, seed: seed);
            yield return Base.With(heads: 32, fraction: 0.4, weightDecay: 2, seed: seed);
            yield return Base.With(heads: 4, fraction: 0.4, seed: seed, epochs: 20_000);
        }
    }

    /// <summary>The network with its MLP at the same settings; and labels without a rule.</summary>
    private static IEnumerable<ArchitectureTrial> Controls()
    {
        yield return Base.With(Architecture.OneLayer, heads: 4, fraction: 0.4);
        yield return Base.With(Architecture.OneLayer, heads: 4, fraction: 0.4, seed: 1);
        yield return Base.With(Architecture.OneLayer, heads: 4, fraction: 0.4, weightDecay: 2);
        yield return Base.With(Architecture.OneLayer, heads: 4, fraction: 0.8);
        yield return Base.With(heads: 8, fraction: 0.8, epochs: 10_000, labels: LabelRule.Shuffled);
    }

    /// <summary>Half as wide, because a step of two layers costs more.</summary>
    private static IEnumerable<ArchitectureTrial> TwoLayers()
    {
        const int width = 64;
        foreach (long seed in new long[] { 0, 1 })
        {
            yield return Base.With(Architecture.TwoLayers, heads: 4, width: width, fraction: 0.4, seed: seed);
            yield return Base.With(Architecture.TwoLayersAttentionOnly, heads: 4, width: width, fraction: 0.4, seed: seed);
        }

        yield return Base.With(Architecture.TwoLayers, prime: 31, heads: 4, width: width, fraction: 0.5);
        yield return Base.With(Architecture.TwoLayersAttentionOnly, prime: 31, heads: 4, width: width, fraction: 0.5);
        yield return Base.With(Architecture.TwoLayers, heads: 4, width: width, fraction: 0.3);
        yield return Base.With(Architecture.TwoLayersAttentionOnly, heads: 4, width: width, fraction: 0.3);
        yield return Base.With(Architecture.TwoLayersAttentionOnly, heads: 4, width: width, fraction: 0.4, weightDecay: 2);
        yield return Base.With(Architecture.TwoLayersAttentionOnly, heads: 1, width: width, fraction: 0.4);
        yield return Base.With(Architecture.TwoLayersAttentionOnly, heads: 16, width: width, fraction: 0.4);
        yield return Base.With(Architecture.TwoLayersAttentionOnly, heads: 4, width: width, fraction: 0.6);
    }

    private static ArchitectureTrial With(
        this ArchitectureTrial trial,
        Architecture architecture = Architecture.AttentionOnly,
        int prime = 59,
        int heads = 4,
        int width = 128,
        double fraction = 0.4,
        double weightDecay = 1,
        long seed = 0,
        long epochs = 10_000,
        LabelRule labels = LabelRule.Sum) => trial with
        {
            Architecture = architecture,
            Config = trial.Config with
            {
                Model = new TransformerConfig { Prime = prime, DModel = width, Heads = heads, DMlp = Neurons(architecture, width) },
                TrainFraction = fraction,
                WeightDecay = weightDecay,
                Seed = seed,
                LabelRule = labels,
            },
            Epochs = epochs,
        };

    private static int Neurons(Architecture architecture, int width) =>
        architecture is Architecture.OneLayer or Architecture.TwoLayers ? 4 * width : CutMlp.Neurons;
}

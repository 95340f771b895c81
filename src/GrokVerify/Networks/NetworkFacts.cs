using GrokVerify.Engines;
using GrokVerify.Tasks;

namespace GrokVerify.Networks;

/// <summary>What a file says of its network's training; null where it does not say it.</summary>
public sealed record NetworkFacts
{
    /// <summary>Full-batch steps done.</summary>
    public long? Epoch { get; init; }

    /// <summary>Share of the pairs that was trained on; with <see cref="Seed"/> it makes a split, or both are null.</summary>
    public double? TrainFraction { get; init; }

    /// <summary>That the pairs were shuffled with.</summary>
    public long? Seed { get; init; }

    /// <summary>How they were shuffled.</summary>
    public PairShuffle? Shuffle { get; init; }

    /// <summary>The halves pair by pair, where the file has them so.</summary>
    public PairSplit? Halves { get; init; }

    public double? LearningRate { get; init; }

    public double? WeightDecay { get; init; }

    public double? Beta1 { get; init; }

    public double? Beta2 { get; init; }

    public double? Epsilon { get; init; }

    /// <summary>The share of the softmax in the attention weights, alpha of arXiv 2306.17844.</summary>
    internal double? AttentionRate { get; init; }

    /// <summary>The last train loss that was recorded.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>The last test loss that was recorded.</summary>
    public double? TestLoss { get; init; }

    /// <summary>The whole configuration, in a file that was written here.</summary>
    public TrainingConfig? Config { get; init; }
}

using GrokVerify.Engines;

namespace GrokVerify.Networks;

/// <summary>What a file says of its network's training; null where it does not say it.</summary>
public sealed record NetworkFacts
{
    /// <summary>Full-batch steps done.</summary>
    public long? Epoch { get; init; }

    /// <summary>Share of the pairs that was trained on; with <see cref="Seed"/> the split as CPython shuffles it, or both are null.</summary>
    public double? TrainFraction { get; init; }

    public long? Seed { get; init; }

    public double? LearningRate { get; init; }

    public double? WeightDecay { get; init; }

    public double? Beta1 { get; init; }

    public double? Beta2 { get; init; }

    public double? Epsilon { get; init; }

    /// <summary>The last train loss that was recorded.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>The last test loss that was recorded.</summary>
    public double? TestLoss { get; init; }

    /// <summary>The whole configuration, in a file that was written here.</summary>
    public TrainingConfig? Config { get; init; }
}

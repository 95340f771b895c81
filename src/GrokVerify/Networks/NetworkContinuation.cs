using GrokVerify.Engines;

namespace GrokVerify.Networks;

/// <summary>What it takes to train a network on that was read from a file.</summary>
internal static class NetworkContinuation
{
    /// <summary>Why a network cannot be trained here; null where it can.</summary>
    public static string? Obstacle(NetworkFile network) =>
        network.Attention.Words is string variant ? $"{variant}, which is not trained here"
        : network.Weights.OptionalBiases is not null ? "it has biases in attention or unembedding, which are not trained here"
        : !network.Weights.Values.All(float.IsFinite) ? "it has weights that are not finite numbers"
        : network.Facts.Config?.Teacher is not null ? "it is the student of a teacher, whose weights it does not carry"
        : null;

    /// <summary>Why its optimiser's state cannot be gone on with; null where it can.</summary>
    public static string? OptimizerObstacle(NetworkFile network) =>
        network.HasForeignOptimizer ? network.MomentsAbsence
        : network.Moments is OptimizerMoments moments && !(moments.First.All(float.IsFinite) && moments.Second.All(value => float.IsFinite(value) && value >= 0))
            ? "its optimiser has moments that are not finite numbers, or squares below zero"
        : null;

    /// <summary>The network with moments that begin at zero.</summary>
    public static NetworkFile WithNewMoments(NetworkFile network) => network with
    {
        Moments = null,
        MomentsAbsence = network.HasForeignOptimizer || network.Moments is null ? network.MomentsAbsence : "the optimiser's moments are left aside, as you say",
        HasForeignOptimizer = false,
    };

    /// <summary>
    /// The configuration that a file tells, as far as it tells one: ours as it is; else the network's shape, and the file's values in place of the paper's.
    /// </summary>
    /// <remarks>Null where the file does not tell the split or the weight decay: there is no telling what the network was trained for.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="trainFraction">In place of the file's.</param>
    /// <param name="seed">In place of the file's.</param>
    /// <param name="weightDecay">In place of the file's.</param>
    public static TrainingConfig? Config(NetworkFile network, double? trainFraction = null, long? seed = null, double? weightDecay = null)
    {
        NetworkFacts facts = network.Facts;
        var paper = new TrainingConfig();
        if ((trainFraction ?? facts.TrainFraction) is not double fraction || (seed ?? facts.Seed) is not long number || (weightDecay ?? facts.WeightDecay) is not double decay)
        {
            return null;
        }

        return (facts.Config ?? paper) with
        {
            Model = network.Weights.Config,
            TrainFraction = fraction,
            Seed = number,
            EqualsIsNoClass = network.Classes < network.Weights.Config.VocabularySize,
            WeightDecay = decay,
            LearningRate = facts.LearningRate ?? paper.LearningRate,
            Beta1 = facts.Beta1 ?? paper.Beta1,
            Beta2 = facts.Beta2 ?? paper.Beta2,
            Epsilon = facts.Epsilon ?? paper.Epsilon,
        };
    }

    /// <summary>The state to go on from: moments are zero where the file has none, the epoch is 0 where it has none.</summary>
    /// <exception cref="ArgumentException">There is an <see cref="Obstacle"/>, or an <see cref="OptimizerObstacle"/>.</exception>
    public static TrainingState State(NetworkFile network)
    {
        if ((Obstacle(network) ?? OptimizerObstacle(network)) is string obstacle)
        {
            throw new ArgumentException($"the network cannot be trained on: {obstacle}", nameof(network));
        }

        int count = network.Weights.Values.Length;
        return new TrainingState(
            network.Facts.Epoch ?? 0, network.Weights, network.Moments?.First ?? new float[count], network.Moments?.Second ?? new float[count], network.Moments?.GradientMean);
    }
}

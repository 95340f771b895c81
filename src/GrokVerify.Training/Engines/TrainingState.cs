using GrokVerify.Model;

namespace GrokVerify.Engines;

/// <summary>A point of a training run: enough to go on from it with the same bits.</summary>
/// <param name="Epoch">Full-batch steps done.</param>
/// <param name="Weights">The parameters after that many steps.</param>
/// <param name="FirstMoment">AdamW's m, laid out as the weights; null where only the weights were kept.</param>
/// <param name="SecondMoment">AdamW's v, likewise.</param>
public sealed record TrainingState(long Epoch, TransformerWeights Weights, float[]? FirstMoment, float[]? SecondMoment)
{
    /// <summary>True when training can go on from here.</summary>
    public bool CanResume => FirstMoment is not null && SecondMoment is not null;

    /// <summary>Throws unless a run of the configuration can go on from here.</summary>
    /// <exception cref="ArgumentException">There are no moments, or the network has another shape.</exception>
    internal void RequireResumable(TrainingConfig config)
    {
        if (Weights.Config != config.Model)
        {
            throw new ArgumentException("the state's network has another shape than the configuration's");
        }

        if (!CanResume)
        {
            throw new ArgumentException("the state holds no optimiser state to go on from");
        }
    }

    /// <summary>The starting point of a configuration: initial weights (scaled, where the configuration says so), zero moments.</summary>
    public static TrainingState Initial(TrainingConfig config)
    {
        TransformerWeights weights = WeightInitializer.Initialize(config.Model, config.Seed);
        if (config.InitialScale is double scale)
        {
            foreach (ref float value in weights.Values.AsSpan())
            {
                value = (float)(value * scale);
            }
        }

        return Fresh(weights);
    }

    /// <summary>The starting point of a training that takes over the weights of an earlier one and nothing else: epoch 0, zero moments.</summary>
    public static TrainingState Fresh(TransformerWeights weights) => new(0, weights, new float[weights.Values.Length], new float[weights.Values.Length]);
}

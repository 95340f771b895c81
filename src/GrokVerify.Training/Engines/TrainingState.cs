using GrokVerify.Model;

namespace GrokVerify.Engines;

/// <summary>A point of a training run: enough to go on from it with the same bits.</summary>
/// <param name="Epoch">Full-batch steps done.</param>
/// <param name="Weights">The parameters after that many steps.</param>
/// <param name="FirstMoment">AdamW's m, laid out as the weights; null where only the weights were kept.</param>
/// <param name="SecondMoment">AdamW's v, likewise.</param>
/// <param name="GradientMean">The mu of <see cref="Grokfast"/>, likewise; null where there is none, or none yet: it begins with the next gradient then.</param>
/// <param name="Teacher">The network that <see cref="TrainingConfig.Teacher"/> names; null where there is none.</param>
public sealed record TrainingState(
    long Epoch, TransformerWeights Weights, float[]? FirstMoment, float[]? SecondMoment, float[]? GradientMean = null, TransformerWeights? Teacher = null)
{
    /// <summary>True when training can go on from here.</summary>
    public bool CanResume => FirstMoment is not null && SecondMoment is not null;

    /// <summary>Weights and epoch, from where training cannot go on.</summary>
    internal TrainingState WithoutOptimizer() => this with { FirstMoment = null, SecondMoment = null, GradientMean = null, Teacher = null };

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

        if (config.Teacher is not null && (Teacher is null || Engines.Teacher.Of(Teacher) != config.Teacher))
        {
            throw new ArgumentException($"the state {(Teacher is null ? "holds no teacher" : "has another teacher")}, and the configuration's has weights of SHA-256 {config.Teacher.Sha256}: give the state that network");
        }

        if (config.EqualsIsNoClass && new[] { Weights.Values, FirstMoment!, SecondMoment! }.Any(values => OfEquals(config.Model).Any(place => values[place] != 0)))
        {
            throw new ArgumentException("the state's network has weights of \"=\" as a class, which the configuration does not have");
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

        if (config.EqualsIsNoClass)
        {
            foreach (int place in OfEquals(config.Model))
            {
                weights.Values[place] = 0;
            }
        }

        return Fresh(weights);
    }

    /// <summary>The starting point of a training that takes over the weights of an earlier one and nothing else: epoch 0, zero moments.</summary>
    public static TrainingState Fresh(TransformerWeights weights) => new(0, weights, new float[weights.Values.Length], new float[weights.Values.Length]);

    /// <summary>Where the column of W_U lies that makes the logit of "=".</summary>
    private static IEnumerable<int> OfEquals(TransformerConfig model)
    {
        int first = new ParameterLayout(model)["W_U"].Offset + model.Prime;
        return Enumerable.Range(0, model.DModel).Select(row => first + (row * model.VocabularySize));
    }
}

using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Tests.Engines;

/// <summary>A network of whose matrices every third weight was set to zero, and whose moments were not: as after a branch off a training.</summary>
internal static class PrunedState
{
    public static TrainingState Of(TrainingConfig config)
    {
        TrainingState initial = TrainingState.Initial(config);
        bool[] isPruned = Pruned(config.Model);
        float[] Moment(float scale) => [.. initial.Weights.Values.Select((_, i) => scale * (1 + (i % 7)))];
        return initial with
        {
            Weights = new TransformerWeights(config.Model, [.. initial.Weights.Values.Select((weight, i) => isPruned[i] ? 0 : weight)]),
            FirstMoment = Moment(1e-3f),
            SecondMoment = Moment(1e-5f),
        };
    }

    /// <summary>For each parameter whether it was set to zero.</summary>
    public static bool[] Pruned(TransformerConfig model) => [.. new ParameterLayout(model).Tensors.SelectMany(
        tensor => Enumerable.Range(0, tensor.Count).Select(i => !tensor.Name.StartsWith('b') && (tensor.Offset + i) % 3 == 0))];
}

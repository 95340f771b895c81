using System.Collections.Concurrent;
using GrokVerify.Model;
using GrokVerify.Engines;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

/// <summary>What every engine is held against: the eager <see cref="Transformer"/> in float64 with libtorch's own cross-entropy and autograd. Tested by <see cref="OracleTests"/>.</summary>
internal static class Oracle
{
    private static readonly ConcurrentDictionary<(TrainingConfig Config, int Steps), (float[] Weights, double LeastPreActivation)> Trained = new();

    /// <summary>Mean loss and accuracy of some pairs.</summary>
    /// <param name="config">The run.</param>
    /// <param name="parameters">Laid out as <see cref="ParameterLayout"/>.</param>
    /// <param name="pairs">Any pairs.</param>
    public static LossAndAccuracy Evaluate(TrainingConfig config, double[] parameters, ReadOnlySpan<int> pairs)
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer transformer = Network(config, parameters);
        (Tensor logits, Tensor labels) = LogitsAndLabels(config, transformer, pairs);
        double accuracy = logits.argmax(1).eq(labels).to(ScalarType.Float64).mean().item<double>();
        return new LossAndAccuracy(Loss(config, logits, labels).item<double>(), accuracy);
    }

    /// <summary>The gradient of the mean train loss, laid out as <see cref="ParameterLayout"/>.</summary>
    /// <param name="config">The run.</param>
    /// <param name="parameters">Laid out as <see cref="ParameterLayout"/>.</param>
    /// <param name="teacher">What is trained on in place of labels; null for labels.</param>
    public static double[] Gradient(TrainingConfig config, double[] parameters, TransformerWeights? teacher = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using Transformer transformer = Network(config, parameters);
        (Tensor logits, Tensor labels) = LogitsAndLabels(config, transformer, config.CreateSplit().Train);
        (teacher is null ? Loss(config, logits, labels) : LossAgainst(teacher, config, logits)).backward();
        return [.. transformer.Parameters.SelectMany(parameter => parameter.grad!.contiguous().data<double>())];
    }

    /// <summary>Some steps from the initial weights.</summary>
    /// <returns>The weights then, rounded to float32, and the least magnitude of a pre-activation on the way: how close any neuron came to changing sides on a train pair.</returns>
    public static (float[] Weights, double LeastPreActivation) Train(TrainingConfig config, int steps) => Trained.GetOrAdd((config, steps), _ =>
    {
        using var engine = new ReferenceEngine(config, ScalarType.Float64);
        double least = double.PositiveInfinity;
        for (int step = 0; step < steps; step++)
        {
            least = Math.Min(least, LeastPreActivation(config, engine.Capture().Weights));
            engine.Step();
        }

        return (engine.Capture().Weights.Values, least);
    });

    /// <summary>StableMax is the softmax of sign(l) ln(1 + |l|).</summary>
    private static Tensor Loss(TrainingConfig config, Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(config.LossForm == LossForm.StableMax ? logits.sign().mul(logits.abs().log1p()) : logits, labels);

    private static Tensor LossAgainst(TransformerWeights teacher, TrainingConfig config, Tensor logits)
    {
        using Transformer network = Network(config with { Model = teacher.Config }, [.. teacher.Values.Select(value => (double)value)]);
        Tensor told = LogitsAndLabels(config, network, config.CreateSplit().Train).Logits.detach();
        return -told.softmax(1).mul(logits.log_softmax(1)).sum(1L).mean();
    }

    private static double LeastPreActivation(TrainingConfig config, TransformerWeights weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(weights, ScalarType.Float64);
        Tensor preActivations = transformer.Forward(transformer.Tokens(config.CreateSplit().Train)).Layers[0].MlpPre!.select(1, TransformerConfig.ReadoutPosition);
        return preActivations.abs().min().item<double>();
    }

    private static Transformer Network(TrainingConfig config, double[] parameters)
    {
        var transformer = new Transformer(new TransformerWeights(config.Model, new float[parameters.Length]), ScalarType.Float64, requiresGrad: true);
        using IDisposable noGrad = no_grad();
        using Tensor values = tensor(parameters);
        long offset = 0;
        foreach (var parameter in transformer.Parameters)
        {
            using Tensor part = values.narrow(0, offset, parameter.numel());
            parameter.copy_(part.view(parameter.shape));
            offset += parameter.numel();
        }

        return transformer;
    }

    private static (Tensor Logits, Tensor Labels) LogitsAndLabels(TrainingConfig config, Transformer transformer, ReadOnlySpan<int> pairs)
    {
        int[] labels = config.CreateTask().Labels.ToArray();
        Tensor logits = transformer.Forward(transformer.Tokens(pairs)).Logits.select(1, TransformerConfig.ReadoutPosition).narrow(1, 0, config.CreateTask().Classes);
        return (logits, tensor([.. pairs.ToArray().Select(pair => (long)labels[pair])]));
    }
}

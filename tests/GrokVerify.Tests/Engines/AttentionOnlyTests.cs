using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

/// <summary>Attention alone, which the engines train as a network whose MLP is zero (<see cref="ZeroMlp"/>).</summary>
[Category("Fast")]
[NonParallelizable]
public class AttentionOnlyTests
{
    private static readonly TrainingConfig Config = new()
    {
        Model = new TransformerConfig { Prime = 11, DModel = 12, Heads = 3, AttentionOnly = true },
        TrainFraction = 0.6,
    };

    private static readonly string[] Engines = ["exact", "torch"];

    [Test]
    public void Is_evaluated_as_the_eager_network()
    {
        TransformerWeights weights = Trained("exact", Config, 20).Weights;
        using DisposeScope scope = NewDisposeScope();
        using var eager = new Transformer(weights, ScalarType.Float64);

        Matrix logits = ModelActivations.Compute(weights).Logits;
        Tensor expected = eager.Forward(eager.Tokens([.. Enumerable.Range(0, 121)])).Logits.select(1, TransformerConfig.ReadoutPosition).contiguous();

        // Float64 sums of 12 terms of size 1 in two orders.
        logits.Values.Zip(expected.data<double>(), (actual, other) => Math.Abs(actual - other)).Max().Should().BeLessThan(1e-12);
        weights["b_O"].ToArray().Should().NotContain(0f, "a bias of zero would prove nothing");
    }

    /// <summary>Float32 sums of 72 pairs, u = 6e-8, with cancellation of one digit: 72 * 6e-8 * 10; float64 has nine digits more.</summary>
    [Test]
    public void Has_the_gradient_of_the_eager_network()
    {
        TrainingState state = Trained("exact", Config, 20);
        using var reference = new ReferenceEngine(Config, state, ScalarType.Float64);
        using var exact = new ExactEngine(Config, state, threads: 1);
        using var torchEngine = new TorchEngine(Config, state, ScalarType.Float64);
        double[] expected = reference.Gradient();

        foreach ((string tensor, double relative) in GradientError.ByTensor(Config.Model, [.. exact.Gradient().Select(value => (double)value)], expected))
        {
            relative.Should().BeLessThan(4e-5, $"of the exact gradient of {tensor}").And.BePositive("float32 has to round somewhere");
        }

        foreach ((string tensor, double relative) in GradientError.ByTensor(Config.Model, torchEngine.Gradient(), expected))
        {
            relative.Should().BeLessThan(1e-10, $"of the gradient of {tensor}");
        }
    }

    /// <summary>A loss in float32 of 72 pairs with logits of size 10 is good to 1e-5; had the MLP that the engine computes become anything but zero, the network that it hands out would be another.</summary>
    [Test]
    public void Learns_and_hands_out_the_network_that_it_evaluates([ValueSource(nameof(Engines))] string kind, [Values(0.0, 1.0)] double weightDecay, [Values] bool constantNorm)
    {
        TrainingConfig config = Config with { WeightDecay = weightDecay, ConstantNorm = constantNorm };
        int[] train = config.CreateSplit().Train.ToArray();
        using ITrainingEngine engine = Engine(kind, config, TrainingState.Initial(config));
        double before = engine.Evaluate(train).Loss;
        for (int step = 0; step < 300; step++)
        {
            engine.Step();
        }

        double after = engine.Evaluate(train).Loss;
        using var handedOut = new ReferenceEngine(config, engine.Capture(), ScalarType.Float64);

        handedOut.Evaluate(train).Loss.Should().BeApproximately(after, 1e-5);
        after.Should().BeLessThan(before - 0.5, "attention alone learns some of its train pairs");
        if (constantNorm)
        {
            // As ConstantNormTests derives.
            (engine.Capture().Weights.SumOfSquares() / TrainingState.Initial(config).Weights.SumOfSquares()).Should().BeApproximately(1, 2.4e-7);
        }
    }

    [Test]
    public void Several_layers_are_refused_by_the_engines_of_one([ValueSource(nameof(Engines))] string kind)
    {
        TrainingConfig config = Config with { Model = Config.Model with { Layers = 2 } };

        FluentActions.Invoking(() => Engine(kind, config, TrainingState.Initial(config)))
            .Should().Throw<ArgumentException>().WithMessage("this engine trains networks of one layer, not of 2: choose the torch engine");
    }

    private static TrainingState Trained(string kind, TrainingConfig config, int steps)
    {
        using ITrainingEngine engine = Engine(kind, config, TrainingState.Initial(config));
        for (int step = 0; step < steps; step++)
        {
            engine.Step();
        }

        return engine.Capture();
    }

    private static ITrainingEngine Engine(string kind, TrainingConfig config, TrainingState state) =>
        kind == "exact" ? new ExactEngineFactory(1).Create(config, state) : new TorchEngine(config, state);
}

using GrokVerify.Architectures;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Architectures;

[Category("Fast")]
public class CutMlpTests
{
    private static readonly TrainingConfig Config = new()
    {
        Model = new TransformerConfig { Prime = 11, DModel = 12, Heads = 3, DMlp = CutMlp.Neurons },
        TrainFraction = 0.6,
    };

    [Test]
    public void The_network_is_the_eager_one_of_attention_alone()
    {
        StackShape attention = new(Config.Model, 1, HasMlp: false);
        int[] pairs = [.. Enumerable.Range(0, 121)];
        using DisposeScope scope = NewDisposeScope();
        using var eager = new StackedTransformer(attention, Config.Seed, ScalarType.Float64);

        Matrix logits = ModelActivations.Compute(CutMlp.Initial(Config).Weights).Logits;
        Tensor expected = EagerStack.Logits(attention, eager.Parameters, EagerStack.Tokens(Config.Model.Prime, pairs));

        // Float64 sums of 12 terms of size 1 in two orders.
        logits.Values.Zip(expected.data<double>(), (actual, other) => Math.Abs(actual - other)).Max().Should().BeLessThan(1e-12);
    }

    /// <summary>Float32 sums of 72 pairs, u = 6e-8, with cancellation of one digit: 72 * 6e-8 * 10.</summary>
    [Test]
    public void Its_gradient_is_that_of_attention_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using var eager = new StackedTransformer(new StackShape(Config.Model, 1, HasMlp: false), Config.Seed, ScalarType.Float64);
        using var engine = new ExactEngine(Config, CutMlp.Initial(Config), 1);
        int[] train = Config.CreateSplit().Train.ToArray();
        Tensor labels = tensor(train.Select(pair => (long)Config.CreateTask().Labels[pair]).ToArray());

        nn.functional.cross_entropy(EagerStack.Logits(new StackShape(Config.Model, 1, HasMlp: false), eager.Parameters, EagerStack.Tokens(11, train)), labels).backward();
        float[] gradient = engine.Gradient();

        foreach (ParameterTensor tensor in new ParameterLayout(Config.Model).Tensors)
        {
            ReadOnlySpan<float> actual = gradient.AsSpan(tensor.Offset, tensor.Count);
            string name = tensor.Name is "W_E" or "W_pos" or "W_U" ? tensor.Name : $"{tensor.Name}.0";
            if (!eager.Parameters.TryGetValue(name, out var parameter))
            {
                continue;
            }

            double[] expected = [.. parameter.grad!.contiguous().data<double>()];
            double norm = Math.Sqrt(expected.Sum(value => value * value));
            double difference = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                difference += Math.Pow(actual[i] - expected[i], 2);
            }

            norm.Should().BePositive($"a zero gradient of {name} would prove nothing");
            (Math.Sqrt(difference) / norm).Should().BeLessThan(4e-5, $"of the gradient of {name}");
        }
    }

    [TestCase("exact", 1.0)]
    [TestCase("exact", 0.0)]
    [TestCase("torch", 1.0)]
    public void Training_never_joins_the_mlp_again(string kind, double weightDecay)
    {
        TrainingConfig config = Config with { WeightDecay = weightDecay };
        ITrainingEngineFactory factory = kind == "exact" ? new ExactEngineFactory(1) : new TorchEngineFactory();
        using ITrainingEngine engine = factory.Create(config, CutMlp.Initial(config));
        double before = engine.Evaluate(config.CreateSplit().Train).Loss;

        for (int step = 0; step < 300; step++)
        {
            engine.Step();
        }

        CutMlp.Is(engine.Capture().Weights).Should().BeTrue();
        engine.Evaluate(config.CreateSplit().Train).Loss.Should().BeLessThan(before - 0.5, "attention alone learns some of its train pairs");
    }

    [Test]
    public void A_network_with_an_mlp_is_not_cut() => CutMlp.Is(WeightInitializer.Initialize(Config.Model, 0)).Should().BeFalse();

    [Test]
    public void More_than_one_neuron_is_refused() =>
        FluentActions.Invoking(() => CutMlp.Initial(new TrainingConfig())).Should().Throw<ArgumentException>().WithMessage("d_mlp = 512: give 1*");
}

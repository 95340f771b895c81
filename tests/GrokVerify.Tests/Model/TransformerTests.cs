using GrokVerify.ForwardPass;
using GrokVerify.Golden;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Runs;
using GrokVerify.Tests.ForwardPass;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Model;

[Category("Fast")]
[NonParallelizable]
public class TransformerTests
{
    private static readonly TransformerConfig Small = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 };

    [Test]
    public void The_mainline_has_226816_parameters() => new ParameterLayout(new TransformerConfig()).Count.Should().Be(226_816);

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void Every_activation_has_its_shape_and_type(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(WeightInitializer.Initialize(Small, 0), type);

        Activations activations = transformer.Forward(transformer.Tokens([0, 17, 120, 5]));

        activations.ResidualPre.shape.Should().Equal(4, 3, 12);
        activations.AttentionPattern.shape.Should().Equal(4, 3, 3, 3);
        activations.Z.shape.Should().Equal(4, 3, 3, 4);
        activations.ResidualMid.shape.Should().Equal(4, 3, 12);
        activations.MlpPre.shape.Should().Equal(4, 3, 20);
        activations.MlpPost.shape.Should().Equal(4, 3, 20);
        activations.ResidualPost.shape.Should().Equal(4, 3, 12);
        activations.Logits.shape.Should().Equal(4, 3, 12);
        activations.Logits.dtype.Should().Be(type);
    }

    [Test]
    public void Attention_is_a_mean_over_the_past()
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(WeightInitializer.Initialize(Small, 0), ScalarType.Float64);

        Tensor pattern = transformer.Forward(transformer.Tokens([0, 17, 120, 5])).AttentionPattern;

        // A softmax over at most 3 numbers in float64.
        pattern.sum(-1L).AddInPlace(-1).abs().max().item<double>().Should().BeLessThan(1e-15);
        pattern.triu(1).abs().max().item<double>().Should().Be(0, "no query sees a later key");
        pattern.min().item<double>().Should().BeGreaterThanOrEqualTo(0);
    }

    /// <summary>Networks whose logits are compared: odd shapes, and the grokked mainline, whose logits reach 100.</summary>
    private static readonly string[] Networks = ["p = 11", "p = 7", "the grokked mainline"];

    [TestCaseSource(nameof(Networks))]
    public void Every_activation_at_the_readout_equals_the_factored_evaluation(string network)
    {
        TransformerWeights weights = network switch
        {
            "p = 11" => WeightInitializer.Initialize(Small, 5),
            "p = 7" => WeightInitializer.Initialize(new TransformerConfig { Prime = 7, DModel = 5, Heads = 1, DMlp = 3 }, 6),
            _ => Checkpoint.Read(Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", "mainline-grokked.safetensors")).Weights,
        };
        var factored = ModelActivations.Compute(weights);
        int[] pairs = [.. Enumerable.Range(0, factored.Logits.Rows).Where(pair => pair % 37 == 0)];
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(weights, ScalarType.Float64);

        Activations activations = transformer.Forward(transformer.Tokens(pairs));

        // Float64 sums of at most 640 terms that reach 100: 640 * 1.1e-16 * 100 = 7e-12.
        Worst(activations.AttentionPattern.select(2, 2), factored.AttentionPattern).Should().BeLessThan(1e-10);
        Worst(activations.MlpPost.select(1, 2), factored.PostActivations).Should().BeLessThan(1e-10);
        Worst(activations.Logits.select(1, 2), factored.Logits).Should().BeLessThan(1e-10);

        var naive = new NaiveForward(weights);
        foreach ((int row, int pair) in pairs.Take(4).Index())
        {
            double[] z = [.. activations.Z.select(1, 2)[row].contiguous().data<double>()];
            naive.Run(pair / weights.Config.Prime, pair % weights.Config.Prime);
            System.Numerics.Tensors.TensorPrimitives.Distance<double>(z, naive.Z).Should().BeLessThan(1e-10);
        }

        double Worst(Tensor actual, Matrix expected)
        {
            double[] values = [.. actual.contiguous().data<double>()];
            values.Should().HaveCount(pairs.Length * expected.Columns);
            return pairs.Select((pair, row) => System.Numerics.Tensors.TensorPrimitives.Distance<double>(values.AsSpan(row * expected.Columns, expected.Columns), expected.Row(pair))).Max();
        }
    }

    [Test]
    public void A_pair_becomes_the_tokens_a_b_equals()
    {
        using var transformer = new Transformer(WeightInitializer.Initialize(Small, 0));

        using Tensor tokens = transformer.Tokens([(7 * 11) + 4]);

        tokens.data<long>().ToArray().Should().Equal(7, 4, 11);
    }

    [TestCase(113, 128, 5, 512, "heads = 5 does not divide d_model = 128*")]
    [TestCase(113, 0, 1, 512, "d_model = 0 is out of range*")]
    [TestCase(113, 128, 4, 5000, "d_mlp = 5000 is out of range*")]
    [TestCase(112, 128, 4, 512, "p = 112 is even*")]
    [TestCase(111, 128, 4, 512, "p = 111 is not prime: it is divisible by 3*")]
    [TestCase(3, 128, 4, 512, "p = 3 is out of range*")]
    public void A_shape_that_cannot_be_is_refused(int prime, int dModel, int heads, int dMlp, string message) =>
        FluentActions.Invoking(() => new TransformerConfig { Prime = prime, DModel = dModel, Heads = heads, DMlp = dMlp }.Validate())
            .Should().Throw<ArgumentException>().WithMessage(message);
}

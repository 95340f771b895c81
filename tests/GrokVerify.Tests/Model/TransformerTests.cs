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

        LayerActivations layer = activations.Layers.Single();
        layer.ResidualPre.shape.Should().Equal(4, 3, 12);
        layer.AttentionPattern.shape.Should().Equal(4, 3, 3, 3);
        layer.Z.shape.Should().Equal(4, 3, 3, 4);
        layer.ResidualMid.shape.Should().Equal(4, 3, 12);
        layer.MlpPre!.shape.Should().Equal(4, 3, 20);
        layer.MlpPost!.shape.Should().Equal(4, 3, 20);
        layer.ResidualPost.shape.Should().Equal(4, 3, 12);
        activations.Logits.shape.Should().Equal(4, 3, 12);
        activations.Logits.dtype.Should().Be(type);
    }

    [Test]
    public void Attention_is_a_mean_over_the_past()
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(WeightInitializer.Initialize(Small, 0), ScalarType.Float64);

        Tensor pattern = transformer.Forward(transformer.Tokens([0, 17, 120, 5])).Layers[0].AttentionPattern;

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
        Worst(activations.Layers[0].AttentionPattern.select(2, 2), factored.AttentionPattern).Should().BeLessThan(1e-10);
        Worst(activations.Layers[0].MlpPost!.select(1, 2), factored.PostActivations).Should().BeLessThan(1e-10);
        Worst(activations.Logits.select(1, 2), factored.Logits).Should().BeLessThan(1e-10);

        var naive = new NaiveForward(weights);
        foreach ((int row, int pair) in pairs.Take(4).Index())
        {
            double[] z = [.. activations.Layers[0].Z.select(1, 2)[row].contiguous().data<double>()];
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

    private static IEnumerable<TransformerConfig> Depths =>
        from layers in new[] { 1, 2, 3 }
        from attentionOnly in new[] { false, true }
        select Small with { Layers = layers, AttentionOnly = attentionOnly };

    /// <summary>The same float64 sums of at most 20 terms of size 1 to 10, in other shapes.</summary>
    [TestCaseSource(nameof(Depths))]
    public void The_read_out_position_alone_has_the_logits_that_it_has_among_all(TransformerConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(WeightInitializer.Initialize(config, 3), ScalarType.Float64);
        Tensor tokens = transformer.Tokens([0, 17, 120, 5, 64]);

        Tensor alone = transformer.Forward(tokens, TransformerConfig.ReadoutPosition).Logits;
        Tensor among = transformer.Forward(tokens).Logits.narrow(1, TransformerConfig.ReadoutPosition, 1);

        alone.shape.Should().Equal(5, 1, 12);
        (alone - among).abs().max().item<double>().Should().BeLessThan(1e-12);
        among.std(0L).min().item<double>().Should().BePositive("logits that are all the same would prove nothing");
    }

    [TestCase(0, false)]
    [TestCase(1, false)]
    [TestCase(0, true)]
    [TestCase(1, true)]
    public void A_layer_that_writes_nothing_leaves_the_network_of_the_other(int silent, bool attentionOnly)
    {
        TransformerWeights two = WeightInitializer.Initialize(Small with { Layers = 2, AttentionOnly = attentionOnly }, 3);
        two[$"W_O.{silent}"].Clear();
        if (!attentionOnly)
        {
            two[$"W_out.{silent}"].Clear();
        }

        TransformerWeights one = WeightInitializer.Initialize(Small with { AttentionOnly = attentionOnly }, 3);
        foreach (ParameterTensor tensor in one.Layout.Tensors)
        {
            two[tensor.Name.StartsWith("W_E", StringComparison.Ordinal) || tensor.Name is "W_pos" or "W_U" ? tensor.Name : $"{tensor.Name}.{1 - silent}"].CopyTo(one[tensor.Name]);
        }

        Logits(two).Should().Equal(Logits(one));

        static double[] Logits(TransformerWeights weights)
        {
            using DisposeScope scope = NewDisposeScope();
            using var transformer = new Transformer(weights, ScalarType.Float64);
            return [.. transformer.Forward(transformer.Tokens([0, 17, 120, 5])).Logits.contiguous().data<double>()];
        }
    }

    [Test]
    public void A_layer_reads_what_the_one_before_it_wrote_at_every_position()
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(WeightInitializer.Initialize(Small with { Layers = 2 }, 3), ScalarType.Float64);

        IReadOnlyList<LayerActivations> layers = transformer.Forward(transformer.Tokens([0, 17])).Layers;

        (layers[1].ResidualPre - layers[0].ResidualPost).abs().max().item<double>().Should().Be(0);
        (layers[1].ResidualPre - layers[0].ResidualPre).abs().min().item<double>().Should().BePositive("the first layer writes at every position");
    }

    [Test]
    public void The_first_of_several_layers_starts_with_the_weights_of_the_only_one()
    {
        TransformerWeights one = WeightInitializer.Initialize(Small, 3);
        TransformerWeights two = WeightInitializer.Initialize(Small with { Layers = 2 }, 3);

        two["W_Q.0"].ToArray().Should().Equal(one["W_Q"].ToArray()).And.NotEqual(two["W_Q.1"].ToArray());
        two["W_E"].ToArray().Should().Equal(one["W_E"].ToArray());
    }

    [Test]
    public void The_layout_of_other_architectures_names_their_tensors()
    {
        new ParameterLayout(Small with { AttentionOnly = true }).Tensors.Select(tensor => tensor.Name).Should().Equal("W_E", "W_pos", "W_Q", "W_K", "W_V", "W_O", "b_O", "W_U");
        new ParameterLayout(Small with { Layers = 2, AttentionOnly = true }).Tensors.Select(tensor => tensor.Name).Should().Equal(
            "W_E", "W_pos", "W_Q.0", "W_K.0", "W_V.0", "W_O.0", "b_O.0", "W_Q.1", "W_K.1", "W_V.1", "W_O.1", "b_O.1", "W_U");
        new ParameterLayout(new TransformerConfig { Layers = 2 }).Count.Should().Be((2 * 226_816) - (117 * 128) - (128 * 114));
    }

    [Test]
    public void Attention_alone_is_one_network_whatever_its_d_mlp() =>
        (Small with { AttentionOnly = true }).Should().Be(new TransformerConfig { Prime = 11, DModel = 12, Heads = 3, AttentionOnly = true });

    [TestCase(0)]
    [TestCase(5)]
    public void A_number_of_layers_that_cannot_be_is_refused(int layers) =>
        FluentActions.Invoking((Small with { Layers = layers }).Validate).Should().Throw<ArgumentException>().WithMessage($"layers = {layers} is out of range: give a number from 1 to 4*");

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

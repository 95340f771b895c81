using GrokVerify.Architectures;
using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Architectures;

[Category("Fast")]
public class StackedTransformerTests
{
    private const int Prime = 11;
    private static readonly TransformerConfig Small = new() { Prime = Prime, DModel = 12, Heads = 3, DMlp = 20 };

    /// <summary>Out of order, and with each token several times.</summary>
    private static readonly int[] Pairs = [.. Enumerable.Range(0, Prime * Prime).Where(pair => pair % 3 != 1).Reverse()];

    private static IEnumerable<StackShape> Shapes =>
        from layers in new[] { 1, 2, 3 }
        from hasMlp in new[] { true, false }
        select new StackShape(Small, layers, hasMlp);

    /// <summary>Float64 sums of at most 100 terms of size 1 to 10, in another order: 100 * 10 * 1.1e-16 = 1e-13, and three layers on top of each other.</summary>
    [TestCaseSource(nameof(Shapes))]
    public void Its_logits_are_those_of_the_eager_network(StackShape shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new StackedTransformer(shape, 3, ScalarType.Float64);

        Tensor logits = Logits(transformer);
        Tensor expected = EagerStack.Logits(shape, transformer.Parameters, EagerStack.Tokens(Prime, Pairs));

        logits.shape.Should().Equal(Pairs.Length, Prime + 1);
        (logits - expected).abs().max().item<double>().Should().BeLessThan(1e-11);
        expected.std().item<double>().Should().BePositive("logits that are all the same would prove nothing");
    }

    /// <summary>Relative to each tensor's gradient: sums of 80 pairs in another order, 80 * 1.1e-16, with cancellation of three digits.</summary>
    [TestCaseSource(nameof(Shapes))]
    public void Its_gradients_are_those_of_the_eager_network(StackShape shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new StackedTransformer(shape, 3, ScalarType.Float64);

        Dictionary<string, Tensor> gradients = Gradients(transformer, Logits(transformer));
        Dictionary<string, Tensor> expected = Gradients(transformer, EagerStack.Logits(shape, transformer.Parameters, EagerStack.Tokens(Prime, Pairs)));

        foreach ((string name, Tensor gradient) in gradients)
        {
            double norm = expected[name].norm().item<double>();
            norm.Should().BePositive($"a zero gradient of {name} would prove nothing");
            ((gradient - expected[name]).norm().item<double>() / norm).Should().BeLessThan(1e-10, $"of the gradient of {name}");
        }
    }

    [Test]
    public void One_layer_is_the_network_of_the_paper_from_the_same_initial_weights()
    {
        using DisposeScope scope = NewDisposeScope();
        using var stacked = new StackedTransformer(new StackShape(Small, 1, HasMlp: true), 5, ScalarType.Float64);
        using var paper = new Transformer(WeightInitializer.Initialize(Small, 5), ScalarType.Float64);

        Tensor expected = paper.Forward(paper.Tokens(Pairs)).Logits.select(1, TransformerConfig.ReadoutPosition);

        (Logits(stacked) - expected).abs().max().item<double>().Should().BeLessThan(1e-11);
    }

    private static Tensor Logits(StackedTransformer transformer) =>
        transformer.Logits(tensor(Pairs.Select(pair => (long)(pair / Prime)).ToArray()), tensor(Pairs.Select(pair => (long)(pair % Prime)).ToArray()));

    private static Dictionary<string, Tensor> Gradients(StackedTransformer transformer, Tensor logits)
    {
        foreach (TorchSharp.Modules.Parameter parameter in transformer.Parameters.Values)
        {
            parameter.grad?.zero_();
        }

        Tensor sums = tensor(Pairs.Select(pair => (long)(((pair / Prime) + (pair % Prime)) % Prime)).ToArray());
        nn.functional.cross_entropy(logits, sums).backward();
        return transformer.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.grad!.clone());
    }
}

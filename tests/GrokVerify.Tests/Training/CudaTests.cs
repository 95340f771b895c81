using GrokVerify.Model;
using GrokVerify.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Training;

/// <summary>The same mathematics on a GPU. Inconclusive where there is none, unless GROKVERIFY_REQUIRE_GPU=1 turns that into a failure.</summary>
[Category("Gpu")]
[NonParallelizable]
public class CudaTests
{
    private static readonly TrainingConfig Small = new() { Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 }, TrainFraction = 0.5 };

    [SetUp]
    public void RequireCuda()
    {
        if (cuda.is_available())
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("GROKVERIFY_REQUIRE_GPU") == "1")
        {
            Assert.Fail("GROKVERIFY_REQUIRE_GPU=1, but libtorch sees no CUDA device");
        }

        Assert.Inconclusive("libtorch sees no CUDA device");
    }

    [Test]
    public void The_gradient_on_the_GPU_is_that_on_the_CPU()
    {
        using var onGpu = new TorchEngine(Small, TrainingState.Initial(Small), ScalarType.Float64, CUDA);
        using var onCpu = new TorchEngine(Small, TrainingState.Initial(Small), ScalarType.Float64);

        double[] expected = onCpu.Gradient();

        // Float64 sums of fewer than 1,000 terms in another order: 1,000 * 1.1e-16 of the largest entry.
        double worst = onGpu.Gradient().Zip(expected, (actual, wanted) => Math.Abs(actual - wanted)).Max();
        worst.Should().BeLessThan(1e-12 * expected.Max(Math.Abs));
    }

    [Test]
    public void The_logits_on_the_GPU_are_those_on_the_CPU()
    {
        using DisposeScope scope = NewDisposeScope();
        TransformerWeights weights = WeightInitializer.Initialize(Small.Model, 0);
        using var onGpu = new Transformer(weights, ScalarType.Float64, CUDA);
        using var onCpu = new Transformer(weights, ScalarType.Float64);
        int[] pairs = [0, 17, 120, 5];

        Tensor difference = onGpu.Forward(onGpu.Tokens(pairs)).Logits.cpu() - onCpu.Forward(onCpu.Tokens(pairs)).Logits;

        // Float64 sums of at most 20 terms of magnitude 1, three products deep.
        difference.abs().max().item<double>().Should().BeLessThan(1e-13);
    }
}

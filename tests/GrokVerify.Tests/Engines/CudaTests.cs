using GrokVerify.Engines;
using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

/// <summary>The same mathematics on a GPU, besides what every engine does (Engines/ConformingEngines.cs). Inconclusive where there is none, unless GROKVERIFY_REQUIRE_GPU=1 turns that into a failure.</summary>
[Category("Gpu")]
[NonParallelizable]
public class CudaTests
{
    private static readonly TrainingConfig Small = new() { Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 }, TrainFraction = 0.5 };
    private static readonly TrainingConfig Mainline = new();

    [SetUp]
    public void RequireCuda() => RequiredGpu.Check();

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

    [Test]
    public void Products_on_the_GPU_keep_the_digits_of_float32()
    {
        using var onGpu = new TorchEngine(Mainline, TrainingState.Initial(Mainline), ScalarType.Float32, CUDA);
        using var onCpu = new TorchEngine(Mainline, TrainingState.Initial(Mainline), ScalarType.Float64);
        double[] actual = onGpu.Gradient();
        double[] expected = onCpu.Gradient();

        foreach ((string tensor, double relative) in GradientError.ByTensor(Mainline.Model, actual, expected))
        {
            // Three products deep, sums of 512, 512 and 3,830 terms: each off by about sqrt(n) u of its terms' root sum of squares, u = 6e-8, so 1.4e-6, 1.4e-6 and 3.7e-6;
            // terms cancel by up to a factor of 2. Products of TensorFloat-32 round their factors to 11 bits: 2.8e-4 already of one.
            relative.Should().BeLessThan(1.3e-5, $"of the gradient of {tensor}").And.BePositive("float32 has to round somewhere");
        }
    }

    [Test]
    public void Two_trainings_on_the_same_GPU_end_in_the_same_bits()
    {
        string Trained()
        {
            using var engine = new TorchEngine(Mainline, TrainingState.Initial(Mainline), ScalarType.Float32, CUDA);
            while (engine.Epoch < 300)
            {
                engine.Step();
            }

            return engine.Capture().Weights.Sha256();
        }

        Trained().Should().Be(Trained(), "no sum on the GPU may be left to the order in which threads arrive (PairIndex.SumByToken)");
    }
}

using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Model;
using GrokVerify.Tests.Training;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Exact;

[Category("Fast")]
[NonParallelizable]
public class ExactGradientTests
{
    /// <summary>
    /// A gradient passes through three products, and a sum of n terms by fused multiply-add is off by about sqrt(n) u of its terms' root sum of squares,
    /// u = 6e-8: n = 500, 500 and 1,400 here, so 1.3e-6, 1.3e-6 and 2.2e-6, in all 5e-6 (the roundings are independent, but terms cancel, by up to
    /// a factor of 2; the tables pass on what is summed here, over two rows a head). Measured: at most 5.5e-6, and 8.3e-6 with the float32 log-softmax. That one subtracts 1 at the label, which keeps 6e-8 of 1 where the gradient is
    /// 0.01 or more in these networks: 6e-6 more.
    /// </summary>
    private const double Bound = 1.6e-5;

    private static IEnumerable<TestCaseData> Networks()
    {
        TransformerConfig[] shapes =
        [
            new() { Prime = 5, DModel = 6, Heads = 3, DMlp = 7 },
            new() { Prime = 7, DModel = 5, Heads = 1, DMlp = 3 },
            new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 },
            new() { Prime = 13, DModel = 8, Heads = 8, DMlp = 33 },
            new() { Prime = 37, DModel = 70, Heads = 2, DMlp = 65 },
            new() { Prime = 41, DModel = 128, Heads = 4, DMlp = 300 },
        ];
        foreach (TransformerConfig shape in shapes)
        {
            foreach (LossForm precision in Enum.GetValues<LossForm>())
            {
                foreach (int steps in new[] { 0, 40 })
                {
                    yield return new TestCaseData(shape, precision, steps)
                        .SetArgDisplayNames($"p={shape.Prime}", $"d_model={shape.DModel}", $"heads={shape.Heads}", $"d_mlp={shape.DMlp}", $"{precision}", $"step {steps}");
                }
            }
        }
    }

    [TestCaseSource(nameof(Networks))]
    public void Every_tensor_agrees_with_float64(TransformerConfig shape, LossForm precision, int steps)
    {
        var config = new TrainingConfig { Model = shape, LossForm = precision, TrainFraction = 0.5, LearningRate = 1e-2 };
        using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 2);
        for (int step = 0; step < steps; step++)
        {
            engine.Step();
        }

        using var reference = new TorchEngine(config with { LossForm = LossForm.Log1p }, engine.Capture(), ScalarType.Float64);
        double[] actual = [.. engine.Gradient().Select(value => (double)value)];
        double[] expected = reference.Gradient();

        foreach ((string tensor, double relative) in GradientError.ByTensor(shape, actual, expected))
        {
            relative.Should().BeLessThan(Bound, $"of the gradient of {tensor}").And.BePositive("float32 has to round somewhere");
        }
    }
}

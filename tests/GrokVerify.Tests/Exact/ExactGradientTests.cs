using GrokVerify.Exact;
using GrokVerify.Model;
using GrokVerify.Training;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Exact;

[Category("Fast")]
public class ExactGradientTests
{
    private static IEnumerable<TestCaseData> Networks()
    {
        TransformerConfig[] shapes =
        [
            new() { Prime = 5, DModel = 6, Heads = 3, DMlp = 7 },
            new() { Prime = 7, DModel = 5, Heads = 1, DMlp = 3 },
            new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 },
            new() { Prime = 13, DModel = 8, Heads = 8, DMlp = 33 },
            new() { Prime = 37, DModel = 70, Heads = 2, DMlp = 65 },
            new() { Prime = 59 },
        ];
        foreach (TransformerConfig shape in shapes)
        {
            foreach (LossPrecision precision in Enum.GetValues<LossPrecision>())
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
    public void Every_tensor_agrees_with_float64(TransformerConfig shape, LossPrecision precision, int steps)
    {
        var config = new TrainingConfig { Model = shape, LossPrecision = precision, TrainFraction = 0.5, LearningRate = 1e-2 };
        using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 2);
        for (int step = 0; step < steps; step++)
        {
            engine.Step();
        }

        using var reference = new TorchEngine(config with { LossPrecision = LossPrecision.Exact }, engine.Capture(), ScalarType.Float64);
        float[] actual = engine.Gradient();
        double[] expected = reference.Gradient();

        foreach (ParameterTensor tensor in new ParameterLayout(shape).Tensors)
        {
            double difference = 0;
            double norm = 0;
            for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
            {
                difference += Math.Pow(actual[i] - expected[i], 2);
                norm += Math.Pow(expected[i], 2);
            }

            TestContext.Out.WriteLine($"{tensor.Name} {Math.Sqrt(difference / norm):E2}");
            Math.Sqrt(difference / norm).Should().BeLessThan(1e-4, $"of the gradient of {tensor.Name}");
        }
    }
}

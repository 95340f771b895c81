using GrokVerify.Engines;
using GrokVerify.Model;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Training;

[Category("Fast")]
[NonParallelizable]
public class TorchGradientTests
{
    /// <summary>
    /// Two float64 evaluations of the same sums in different orders: each differs from the exact value by at most about n u times the
    /// sum of magnitudes, n = 1,000 terms, u = 1.1e-16; cancellation costs up to three digits more. The bound is 1e-9.
    /// </summary>
    private const double OrderOfSummation = 1e-10;

    private static IEnumerable<TestCaseData> Networks()
    {
        TransformerConfig[] shapes =
        [
            new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 },
            new() { Prime = 7, DModel = 5, Heads = 1, DMlp = 3 },
            new() { Prime = 13, DModel = 8, Heads = 8, DMlp = 33 },
        ];
        foreach (TransformerConfig shape in shapes)
        {
            foreach (LossForm precision in new[] { LossForm.Log1p, LossForm.Float64 })
            {
                foreach (int steps in new[] { 0, 40 })
                {
                    yield return new TestCaseData(shape, precision, steps)
                        .SetArgDisplayNames($"p={shape.Prime}", $"d_model={shape.DModel}", $"heads={shape.Heads}", $"{precision}", $"step {steps}");
                }
            }
        }
    }

    [TestCaseSource(nameof(Networks))]
    public void Every_tensor_agrees_with_autograd_of_the_reference_transformer(TransformerConfig shape, LossForm precision, int steps)
    {
        var config = new TrainingConfig { Model = shape, LossForm = precision, TrainFraction = 0.5, LearningRate = 1e-2 };
        using var engine = new TorchEngine(config, TrainingState.Initial(config), ScalarType.Float64);
        using var reference = new ReferenceEngine(config, ScalarType.Float64);
        for (int step = 0; step < steps; step++)
        {
            engine.Step();
            reference.Step();
        }

        double[] byHand = engine.Gradient();
        double[] byAutograd = reference.Gradient();

        foreach ((string tensor, double relative) in GradientError.ByTensor(shape, byHand, byAutograd))
        {
            relative.Should().BeLessThan(OrderOfSummation, $"of the gradient of {tensor}");
        }
    }

    /// <summary>
    /// Central differences with steps of about 1e-6. What spoils them is a neuron that crosses zero within the step: a share of about
    /// 1e-6 / 0.3 of the neurons and pairs does, and adds as much, 1e-5 at most relative to |gradient| * |direction|.
    /// Rounding of the loss leaves 1e-16 / 1e-6, curvature (1e-6)^2.
    /// </summary>
    [TestCase("W_E")]
    [TestCase("W_pos")]
    [TestCase("W_Q")]
    [TestCase("W_K")]
    [TestCase("W_V")]
    [TestCase("W_O")]
    [TestCase("W_in")]
    [TestCase("b_in")]
    [TestCase("W_out")]
    [TestCase("b_out")]
    [TestCase("W_U")]
    public void Gradient_agrees_with_finite_differences(string tensorName)
    {
        var config = new TrainingConfig { Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 }, TrainFraction = 0.5 };
        TransformerWeights centre = WeightInitializer.Initialize(config.Model, 3);
        TransformerWeights above = Copy(centre);
        TransformerWeights below = Copy(centre);
        ParameterTensor tensor = centre.Layout[tensorName];
        var normal = new ExactNormal(17, tensorName);
        for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
        {
            float change = (float)(1e-6 * normal.Next());
            above.Values[i] += change;
            below.Values[i] -= change;
        }

        double[] gradient = Engine(config, centre, engine => engine.Gradient());
        double measured = Engine(config, above, TrainLoss) - Engine(config, below, TrainLoss);

        double predicted = 0;
        double gradientNorm = 0;
        double directionNorm = 0;
        for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
        {
            double direction = (double)above.Values[i] - below.Values[i];
            predicted += gradient[i] * direction;
            gradientNorm += gradient[i] * gradient[i];
            directionNorm += direction * direction;
        }

        measured.Should().BeApproximately(predicted, 1e-5 * Math.Sqrt(gradientNorm * directionNorm));

        double TrainLoss(TorchEngine engine) => engine.Evaluate(config.CreateSplit().Train).Loss;
    }

    private static T Engine<T>(TrainingConfig config, TransformerWeights weights, Func<TorchEngine, T> ask)
    {
        var state = new TrainingState(0, weights, new float[weights.Values.Length], new float[weights.Values.Length]);
        using var engine = new TorchEngine(config, state, ScalarType.Float64);
        return ask(engine);
    }

    private static TransformerWeights Copy(TransformerWeights weights) => new(weights.Config, [.. weights.Values]);
}

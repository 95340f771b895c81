using GrokVerify.Model;
using GrokVerify.Engines;

namespace GrokVerify.Tests.Engines;

[Category("Fast")]
[NonParallelizable]
public class OracleTests
{
    private static readonly TrainingConfig Config = new() { Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 }, TrainFraction = 0.5 };

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
    public void The_gradient_agrees_with_finite_differences(string tensorName)
    {
        TransformerWeights weights = WeightInitializer.Initialize(Config.Model, 3);
        double[] centre = [.. weights.Values.Select(value => (double)value)];
        double[] above = [.. centre];
        double[] below = [.. centre];
        ParameterTensor tensor = weights.Layout[tensorName];
        double[] changes = new TorchRandom(17).Normal(tensor.Count);
        double[] gradient = Oracle.Gradient(Config, centre);
        double predicted = 0;
        double gradientNorm = 0;
        double directionNorm = 0;
        for (int i = tensor.Offset; i < tensor.Offset + tensor.Count; i++)
        {
            double change = 1e-6 * changes[i - tensor.Offset];
            above[i] += change;
            below[i] -= change;
            double direction = above[i] - below[i];
            predicted += gradient[i] * direction;
            gradientNorm += gradient[i] * gradient[i];
            directionNorm += direction * direction;
        }

        double measured = TrainLoss(above) - TrainLoss(below);

        measured.Should().BeApproximately(predicted, 1e-5 * Math.Sqrt(gradientNorm * directionNorm));
    }

    private static double TrainLoss(double[] parameters) => Oracle.Evaluate(Config, parameters, Config.CreateSplit().Train).Loss;
}

using GrokVerify.Exact;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;
using GrokVerify.Training;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Training;

/// <summary>Scaled initial weights, and training that keeps the norm of the weight vector.</summary>
[Category("Fast")]
public class ConstantNormTests
{
    private static readonly TrainingConfig Kept = new()
    {
        Model = new() { Prime = 31, DModel = 64, Heads = 2, DMlp = 128 },
        TrainFraction = 0.5,
        Seed = 1,
        WeightDecay = 0,
        InitialScale = 0.8,
        ConstantNorm = true,
    };

    [Test]
    public void Initial_weights_are_scaled()
    {
        float[] plain = TrainingState.Initial(Kept with { InitialScale = null }).Weights.Values;

        TrainingState.Initial(Kept).Weights.Values.Should().Equal(plain.Select(value => (float)(value * 0.8)));
        TrainingState.Initial(Kept with { InitialScale = 1 }).Weights.Values.Should().Equal(plain);
    }

    /// <summary>
    /// Each of the 42,752 rescaled weights is rounded by at most 2^-24 of itself, at random: the norm is off by far less than 6e-8 of it. The factor, a float32,
    /// is off by as much in one go.
    /// </summary>
    [TestCase("exact")]
    [TestCase("torch")]
    [TestCase("reference")]
    public void The_norm_stays_that_of_the_initial_weights(string name)
    {
        using ITrainingEngine kept = Engine(name, Kept);
        using ITrainingEngine free = Engine(name, Kept with { ConstantNorm = false });
        double initial = Norm(TrainingState.Initial(Kept).Weights);
        for (int step = 0; step < 20; step++)
        {
            kept.Step();
            free.Step();
            (Norm(kept.Capture().Weights) / initial).Should().BeApproximately(1, 1.2e-7, $"after {step + 1} steps");
        }

        (Norm(free.Capture().Weights) / initial).Should().BeGreaterThan(1.001, "without the constraint the weights grow");
    }

    /// <summary>As ExactEngineTests.Fifty_steps_stay_beside_float64 derives: the rescaling rounds a weight once more a step.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public void The_exact_engine_stays_beside_float64(int seed)
    {
        TrainingConfig config = Kept with { Seed = seed };
        TrainingState start = TrainingState.Initial(config);
        using var engine = new ExactEngine(config, start, threads: 2);
        using var reference = new TorchEngine(config, TrainingState.Initial(config), ScalarType.Float64);
        for (int step = 0; step < 50; step++)
        {
            engine.Step();
            reference.Step();
        }

        double[] expected = reference.Parameters();
        double difference = Distance(engine.Capture().Weights.Values, expected);
        double way = Distance(start.Weights.Values, expected);

        TestContext.Out.WriteLine($"{difference / way:E2} of the way");
        (difference / way).Should().BeLessThan(3e-5).And.BePositive("float32 has to round somewhere");
    }

    /// <summary>Both in float64, where fifty steps keep twelve digits of the way; Capture rounds to float32, so the weights are within one rounding of 6e-8 of 1.</summary>
    [Test]
    public void The_torch_engine_does_what_the_reference_does()
    {
        using var engine = new TorchEngine(Kept, TrainingState.Initial(Kept), ScalarType.Float64);
        using var reference = new ReferenceEngine(Kept, ScalarType.Float64);
        for (int step = 0; step < 50; step++)
        {
            engine.Step();
            reference.Step();
        }

        float[] expected = reference.Capture().Weights.Values;
        engine.Capture().Weights.Values.Zip(expected, (actual, wanted) => Math.Abs(actual - wanted)).Max().Should().BeLessThan(1.2e-7f);
    }

    [Test]
    public void Neither_threads_nor_vector_width_nor_an_interruption_change_a_bit()
    {
        TrainingConfig config = Kept with { Model = new() { Prime = 11, DModel = 33, Heads = 3, DMlp = 65 } };
        string expected = Train(config, TrainingState.Initial(config), 20, new ExactEngineOptions { Threads = 1, Width = VectorWidth.Scalar }).Weights.Sha256();

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            Train(config, TrainingState.Initial(config), 20, new ExactEngineOptions { Threads = 2, Width = width }).Weights.Sha256().Should().Be(expected, $"of {width}");
        }

        foreach (int threads in new[] { 1, 3, 5 })
        {
            TrainingState half = Train(config, TrainingState.Initial(config), 7, new ExactEngineOptions { Threads = threads });
            Train(config, half, 13, new ExactEngineOptions { Threads = threads }).Weights.Sha256().Should().Be(expected, $"of {threads} threads");
        }
    }

    [TestCase(0.001)]
    [TestCase(101)]
    [TestCase(double.NaN)]
    public void A_scale_out_of_range_is_refused(double scale) =>
        FluentActions.Invoking((Kept with { InitialScale = scale }).Validate).Should().Throw<ArgumentException>().WithMessage("initial scale = *give a number from 0.01 to 100");

    private static ITrainingEngine Engine(string name, TrainingConfig config) => name switch
    {
        "exact" => new ExactEngine(config, TrainingState.Initial(config), threads: 2),
        "torch" => new TorchEngine(config, TrainingState.Initial(config)),
        _ => new ReferenceEngine(config),
    };

    private static TrainingState Train(TrainingConfig config, TrainingState start, int steps, ExactEngineOptions options)
    {
        using var engine = new ExactEngine(config, start, options);
        for (int step = 0; step < steps; step++)
        {
            engine.Step();
        }

        return engine.Capture();
    }

    private static double Norm(TransformerWeights weights) => Math.Sqrt(weights.SumOfSquares());

    private static double Distance(float[] from, double[] to) => Math.Sqrt(from.Zip(to, (a, b) => Math.Pow(a - b, 2)).Sum());
}

using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Tests.Engines;

/// <summary>Scaled initial weights, and the bits of training with more than AdamW: a constant norm, or a weight decay of some frequencies; what these do is told of every engine (Engines/EngineConformance.cs).</summary>
[Category("Fast")]
public class SpecialUpdatesTests
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

    private static readonly TrainingConfig Decaying = Kept with { ConstantNorm = false, FrequencyDecay = new() { Frequencies = [2, 5], WeightDecay = 20 } };

    [Test]
    public void Initial_weights_are_scaled()
    {
        float[] plain = TrainingState.Initial(Kept with { InitialScale = null }).Weights.Values;

        TrainingState.Initial(Kept).Weights.Values.Should().Equal(plain.Select(value => (float)(value * 0.8)));
        TrainingState.Initial(Kept with { InitialScale = 1 }).Weights.Values.Should().Equal(plain);
    }

    [Test]
    public void Neither_threads_nor_vector_width_nor_an_interruption_change_a_bit([Values] bool ofFrequencies)
    {
        TrainingConfig config = (ofFrequencies ? Decaying : Kept) with { Model = new() { Prime = 11, DModel = 33, Heads = 3, DMlp = 65 } };
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

    [TestCase(1, false, "frequencies with a weight decay of their own = 2,16: give one or more from 1 to 15, each once", 2, 16)]
    [TestCase(1, false, "frequencies with a weight decay of their own = 2,2: give *", 2, 2)]
    [TestCase(1, false, "frequencies with a weight decay of their own = : give *")]
    [TestCase(-1, false, "weight decay at some frequencies = -1 *: give a number from 0 to 1000", 2)]
    [TestCase(1, true, "* exclude each other: give one of them", 2)]
    public void A_weight_decay_of_some_frequencies_that_cannot_be_is_refused(double weightDecay, bool constantNorm, string problem, params int[] frequencies) =>
        FluentActions.Invoking((Decaying with { ConstantNorm = constantNorm, FrequencyDecay = new() { Frequencies = frequencies, WeightDecay = weightDecay } }).Validate)
            .Should().Throw<ArgumentException>().WithMessage(problem);

    private static TrainingState Train(TrainingConfig config, TrainingState start, int steps, ExactEngineOptions options)
    {
        using var engine = new ExactEngine(config, start, options);
        for (int step = 0; step < steps; step++)
        {
            engine.Step();
        }

        return engine.Capture();
    }
}

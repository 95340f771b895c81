using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Engines;

/// <summary>Scaled initial weights, and the bits of training with more than AdamW on the paper's task; what these settings do is told of every engine (Engines/EngineConformance.cs).</summary>
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

    private static readonly TrainingConfig Plain = Kept with { ConstantNorm = false };
    private static readonly TrainingConfig Decaying = Plain with { FrequencyDecay = new() { Frequencies = [2, 5], WeightDecay = 20 } };

    private static readonly TransformerWeights OfTeacher = TrainingState.Initial(new() { Model = new() { Prime = 11, DModel = 24, Heads = 2, DMlp = 40 }, InitialScale = 2 }).Weights;

    private static readonly Dictionary<string, TrainingConfig> Special = new()
    {
        ["a constant norm"] = Kept,
        ["frequencies with a weight decay of their own"] = Decaying,
        ["wrong labels"] = Plain with { WrongLabels = 0.2 },
        ["swapped pairs"] = Plain with { SwappedPairs = true },
        ["zeros that stay"] = Plain with { KeepZeros = true },
        ["zeros that stay, at constant norm"] = Kept with { KeepZeros = true },
        ["Grokfast"] = Plain with { Grokfast = new() { Alpha = 0.95, Lambda = 2 } },
        ["zeros that stay, Grokfast"] = Plain with { KeepZeros = true, Grokfast = new() { Alpha = 0.95, Lambda = 2 } },
        ["StableMax"] = Plain with { LossForm = LossForm.StableMax },
        ["a perpendicular gradient"] = Plain with { PerpendicularGradient = true },
        ["a teacher"] = Plain with { LossForm = LossForm.Float64, Teacher = Teacher.Of(OfTeacher) },
    };

    private static IEnumerable<string> Names => Special.Keys;

    [Test]
    public void Initial_weights_are_scaled()
    {
        float[] plain = TrainingState.Initial(Kept with { InitialScale = null }).Weights.Values;

        TrainingState.Initial(Kept).Weights.Values.Should().Equal(plain.Select(value => (float)(value * 0.8)));
        TrainingState.Initial(Kept with { InitialScale = 1 }).Weights.Values.Should().Equal(plain);
    }

    [Test]
    public void Neither_threads_nor_vector_width_nor_an_interruption_change_a_bit([ValueSource(nameof(Names))] string special)
    {
        TrainingConfig config = Special[special] with { Model = new() { Prime = 11, DModel = 33, Heads = 3, DMlp = 65 } };
        TrainingState start = config.KeepZeros ? PrunedState.Of(config) : TrainingState.Initial(config);
        start = config.Teacher is null ? start : start with { Teacher = OfTeacher };
        string expected = Bits(Train(config, start, 20, new ExactEngineOptions { Threads = 1, Width = VectorWidth.Scalar }));

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            Bits(Train(config, start, 20, new ExactEngineOptions { Threads = 2, Width = width })).Should().Be(expected, $"of {width}");
        }

        foreach (int threads in new[] { 1, 3, 5 })
        {
            TrainingState half = Train(config, start, 7, new ExactEngineOptions { Threads = threads });
            Bits(Train(config, half, 13, new ExactEngineOptions { Threads = threads })).Should().Be(expected, $"of {threads} threads");
        }

        Bits(Train(Plain with { Model = config.Model }, start, 20, new ExactEngineOptions { Threads = 1 })).Should().NotBe(expected, "the setting does something");
    }

    /// <summary>What threads leave to chance is the order of a phase's jobs; here it is turned round.</summary>
    [Test]
    public void The_order_of_the_jobs_of_a_phase_does_not_change_a_bit([ValueSource(nameof(Names))] string special)
    {
        TrainingConfig config = Special[special] with { Model = new() { Prime = 11, DModel = 33, Heads = 3, DMlp = 65 } };
        TrainingState start = config.KeepZeros ? PrunedState.Of(config) : TrainingState.Initial(config);
        start = config.Teacher is null ? start : start with { Teacher = OfTeacher };
        using var reversed = new ExactEngine(config, start, threads: 1);
        foreach (Action[] jobs in reversed.Phases.Step)
        {
            Array.Reverse(jobs);
        }

        for (int step = 0; step < 10; step++)
        {
            reversed.Step();
        }

        Bits(reversed.Capture()).Should().Be(Bits(Train(config, start, 10, new ExactEngineOptions { Threads = 1 })));
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

    private static string Bits(TrainingState state) => RunStart.Of(state).Sha256;

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

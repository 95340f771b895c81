using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;

namespace GrokVerify.Tests.Exact;

[Category("Fast")]
public class ExactBitsTests
{
    /// <summary>Two are those of the vector widths.</summary>
    private static readonly int[] ThreadCounts = [1, 3, 5];

    private static IEnumerable<TestCaseData> Runs()
    {
        (TransformerConfig Shape, double Fraction, LossForm Loss, int Epochs)[] runs =
        [
            (new() { Prime = 5, DModel = 6, Heads = 3, DMlp = 7 }, 0.5, LossForm.Log1p, 20),
            (new() { Prime = 7, DModel = 1, Heads = 1, DMlp = 1 }, 0.3, LossForm.Log1p, 20),
            (new() { Prime = 11, DModel = 33, Heads = 1, DMlp = 65 }, 0.4, LossForm.Float32, 20),
            (new() { Prime = 13, DModel = 40, Heads = 5, DMlp = 31 }, 0.9, LossForm.Float64, 20),
            (new() { Prime = 31, DModel = 96, Heads = 2, DMlp = 100 }, 0.8, LossForm.Log1p, 8),
            (new() { Prime = 59, DModel = 48, Heads = 4, DMlp = 96 }, 0.4, LossForm.Log1p, 5),
        ];
        return runs.Select(run => new TestCaseData(run.Shape, run.Fraction, run.Loss, run.Epochs)
            .SetArgDisplayNames($"p={run.Shape.Prime}", $"d_model={run.Shape.DModel}", $"heads={run.Shape.Heads}", $"d_mlp={run.Shape.DMlp}", $"{run.Loss}"));
    }

    [TestCaseSource(nameof(Runs))]
    public void Neither_threads_nor_vector_width_change_a_bit(TransformerConfig shape, double fraction, LossForm loss, int epochs)
    {
        var config = new TrainingConfig { Model = shape, TrainFraction = fraction, LossForm = loss };
        string expected = Train(config, epochs, new ExactEngineOptions { Threads = 1, Width = VectorWidth.Scalar });

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            Train(config, epochs, new ExactEngineOptions { Threads = 2, Width = width }).Should().Be(expected, $"of {width}");
        }

        foreach (int threads in ThreadCounts)
        {
            Train(config, epochs, new ExactEngineOptions { Threads = threads }).Should().Be(expected, $"of {threads} threads");
        }
    }

    [Test]
    public void The_mainline_has_the_same_bits_with_all_vectors_and_threads()
    {
        var config = new TrainingConfig();
        string expected = Train(config, 3, new ExactEngineOptions { Threads = 1, Width = VectorWidth.Vector512 });

        Train(config, 3, new ExactEngineOptions { Threads = 2, Width = VectorWidth.Vector256 }).Should().Be(expected);
        Train(config, 3, new ExactEngineOptions { Threads = 3, Width = VectorWidth.Vector256 }).Should().Be(expected);
        Train(config, 3, new ExactEngineOptions { Threads = 5, Width = VectorWidth.Vector128 }).Should().Be(expected);
    }

    [Test]
    public void Another_seed_and_one_more_epoch_give_other_bits()
    {
        var config = new TrainingConfig { Model = new() { Prime = 5, DModel = 6, Heads = 3, DMlp = 7 }, TrainFraction = 0.5 };
        var options = new ExactEngineOptions { Threads = 1 };

        string[] hashes = [Train(config, 20, options), Train(config, 21, options), Train(config with { Seed = 1 }, 20, options)];

        hashes.Should().OnlyHaveUniqueItems();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(17)]
    public void A_resumed_run_has_the_bits_of_an_uninterrupted_one(int interruption)
    {
        var config = new TrainingConfig { Model = new() { Prime = 31, DModel = 32, Heads = 2, DMlp = 50 }, TrainFraction = 0.5 };
        using var whole = new ExactEngine(config, TrainingState.Initial(config), threads: 2);
        using var first = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
        Steps(whole, 40);
        Steps(first, interruption);

        using var resumed = new ExactEngine(config, first.Capture(), threads: 3);
        resumed.Epoch.Should().Be(interruption);
        Steps(resumed, 40 - interruption);

        TrainingState expected = whole.Capture();
        TrainingState actual = resumed.Capture();
        actual.Epoch.Should().Be(expected.Epoch).And.Be(40);
        actual.Weights.Sha256().Should().Be(expected.Weights.Sha256());
        actual.FirstMoment.Should().Equal(expected.FirstMoment);
        actual.SecondMoment.Should().Equal(expected.SecondMoment);
    }

    [Test]
    public void Engines_side_by_side_have_the_bits_of_one_alone()
    {
        TrainingConfig[] configs = [.. Enumerable.Range(0, 6).Select(seed => new TrainingConfig
        {
            Model = new() { Prime = 13, DModel = 16, Heads = 2, DMlp = 24 },
            TrainFraction = 0.5,
            Seed = seed,
        })];
        var options = new ExactEngineOptions { Threads = 1 };
        string[] alone = [.. configs.Select(config => Train(config, 30, options))];
        string[] together = new string[configs.Length];

        Parallel.For(0, configs.Length, i => together[i] = Train(configs[i], 30, options));

        together.Should().Equal(alone);
    }

    private static string Train(TrainingConfig config, int epochs, ExactEngineOptions options)
    {
        using var engine = new ExactEngine(config, TrainingState.Initial(config), options);
        Steps(engine, epochs);
        LossAndAccuracy test = engine.Evaluate(config.CreateSplit().Test);
        return $"{engine.Capture().Weights.Sha256()} {BitConverter.DoubleToInt64Bits(test.Loss):x16} {test.Accuracy:R}";
    }

    private static void Steps(ExactEngine engine, int count)
    {
        for (int step = 0; step < count; step++)
        {
            engine.Step();
        }
    }
}

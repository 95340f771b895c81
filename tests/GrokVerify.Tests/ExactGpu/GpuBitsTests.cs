using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Tests.Exact;

namespace GrokVerify.Tests.ExactGpu;

/// <summary>On a GPU itself: the golden hashes of the exact engine. Inconclusive where there is none, unless GROKVERIFY_REQUIRE_GPU=1 turns that into a failure.</summary>
[Category("Gpu")]
[NonParallelizable]
public class GpuBitsTests
{
    private static IEnumerable<TestCaseData> Settings => EmulatedGpu.Settings.Select(setting => new TestCaseData(setting.Value).SetArgDisplayNames(setting.Key));

    [SetUp]
    public void RequireGpu() => RequiredGpu.Check(ExactGpuEngineFactory.Obstacle);

    [TestCase(GoldenRuns.Mainline)]
    [TestCase(GoldenRuns.Small)]
    public void The_weights_have_the_golden_hashes_as_far_as_there_are_any(int prime)
    {
        TrainingConfig config = GoldenRuns.Config(prime);
        using var factory = new ExactGpuEngineFactory();
        using ITrainingEngine engine = factory.Create(config, TrainingState.Initial(config));

        IReadOnlyList<GoldenHash> expected = GoldenRuns.Hashes(prime, GoldenRuns.All, isWhole: true);

        expected.Select(hash => GoldenRuns.HashAt(engine, hash.Epoch)).Should().Equal(expected);
    }

    [TestCaseSource(nameof(Settings))]
    public void A_hundred_steps_end_in_the_bits_of_the_exact_engine(TrainingConfig config)
    {
        using var factory = new ExactGpuEngineFactory();
        using ITrainingEngine onGpu = factory.Create(config, TrainingState.Initial(config));
        using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
        for (int i = 0; i < 100; i++)
        {
            onGpu.Step();
            engine.Step();
        }

        onGpu.Capture().ShouldBeTheBitsOf(engine.Capture(), "both add up in one order");
        onGpu.Evaluate(engine.Split.Test).Should().Be(engine.Evaluate(engine.Split.Test));
    }

    [Test]
    public void Sixty_four_networks_at_once_end_as_each_alone()
    {
        TrainingConfig[] configs = [.. Enumerable.Range(0, 64).Select(seed => new TrainingConfig { Seed = seed, WeightDecay = seed % 3, TrainFraction = seed % 2 == 0 ? 0.3 : 0.4 })];
        using var factory = new ExactGpuEngineFactory(configs.Length);
        ITrainingEngine[] engines = [.. configs.Select(config => factory.Create(config, TrainingState.Initial(config)))];

        TrainingState[] states = EmulatedGpu.EachOnAThread(engines, engine =>
        {
            for (int i = 0; i < 20; i++)
            {
                engine.Step();
            }

            return engine.Capture();
        });

        foreach (int i in new[] { 0, 1, 31, 63 })
        {
            using var alone = new ExactEngine(configs[i], TrainingState.Initial(configs[i]));
            while (alone.Epoch < 20)
            {
                alone.Step();
            }

            states[i].ShouldBeTheBitsOf(alone.Capture(), $"network {i} knows nothing of the others");
        }
    }
}

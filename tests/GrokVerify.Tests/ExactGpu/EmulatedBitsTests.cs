using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu.Fleet;

namespace GrokVerify.Tests.ExactGpu;

/// <summary>The GPU's kernels, run thread by thread on a processor, end in the bits of the exact engine. What only a GPU can show, GpuBitsTests has.</summary>
[NonParallelizable]
public class EmulatedBitsTests
{
    /// <summary>The second step's gradient, of which the moments are made, is at weights that have moved.</summary>
    private const int Steps = 2;

    private static IEnumerable<TestCaseData> Settings => EmulatedGpu.Settings.Select(setting => new TestCaseData(setting.Value).SetArgDisplayNames(setting.Key));

    [TestCaseSource(nameof(Settings))]
    public void A_few_steps_end_in_the_bits_of_the_exact_engine(TrainingConfig config)
    {
        var start = TrainingState.Initial(config);
        using var fleet = new GpuFleet(EmulatedGpu.Device, FleetKey.Of(config), 1);
        using FleetMember member = fleet.Add(config, start);
        using var engine = new ExactEngine(config, start, threads: 1);

        Train(member, Steps);
        Train(engine, Steps);

        member.Capture().ShouldBeTheBitsOf(engine.Capture(), "both add up in one order");
        int[] pairs = [.. engine.Split.Test.ToArray().Reverse().Take(10), 3, 0, 3];
        member.Evaluate(pairs).Should().Be(engine.Evaluate(pairs), "any pairs can be asked for, in any order");
    }

    [Test]
    public void A_run_changes_between_processor_and_GPU_at_any_checkpoint()
    {
        TrainingConfig config = EmulatedGpu.Small;
        using var whole = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
        Train(whole, 6);

        TrainingState state = TrainingState.Initial(config);
        foreach (bool isOnGpu in new[] { false, true, false })
        {
            using GpuFleet? fleet = isOnGpu ? new GpuFleet(EmulatedGpu.Device, FleetKey.Of(config), 1) : null;
            using ITrainingEngine engine = fleet?.Add(config, state) ?? (ITrainingEngine)new ExactEngine(config, state, threads: 1);
            Train(engine, 2);
            state = engine.Capture();
        }

        state.ShouldBeTheBitsOf(whole.Capture(), "a checkpoint holds all that the next step depends on");
    }

    [Test]
    public void Eight_networks_or_more_are_multiplied_in_taller_tiles_to_the_same_bits()
    {
        TrainingConfig[] configs = [.. Enumerable.Range(0, 8).Select(seed => EmulatedGpu.Small with { Seed = seed })];
        using var fleet = new GpuFleet(EmulatedGpu.Device, FleetKey.Of(configs[0]), configs.Length);
        FleetMember[] members = [.. configs.Select(config => fleet.Add(config, TrainingState.Initial(config)))];

        TrainingState[] states = EmulatedGpu.EachOnAThread(members, member =>
        {
            Train(member, 2);
            return member.Capture();
        });

        foreach ((TrainingConfig config, TrainingState state) in configs.Zip(states))
        {
            using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
            Train(engine, 2);
            state.ShouldBeTheBitsOf(engine.Capture(), "the shape of a tile cannot matter");
        }
    }

    private static void Train(ITrainingEngine engine, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            engine.Step();
        }
    }
}

using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Fleet;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.ExactGpu;

/// <summary>Networks that share launches: each ends as it would alone, whatever the others do.</summary>
[NonParallelizable]
public class FleetTests
{
    private static readonly TrainingSchedule Schedule = new() { Epochs = 4, LogEvery = 2, CheckpointEvery = 2 };

    /// <summary>Of one shape; all that may differ in a fleet does.</summary>
    private static readonly TrainingConfig[] Configs =
    [
        EmulatedGpu.Small,
        EmulatedGpu.Small with { Seed = 1, WeightDecay = 0.1 },
        EmulatedGpu.Small with { Seed = 2, TrainFraction = 0.3, LearningRate = 0.01, LabelRule = LabelRule.Shuffled, WarmUpSteps = 3 },
    ];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("grokverify-fleet-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_sweep_through_a_fleet_leaves_the_files_of_runs_trained_one_by_one()
    {
        using var factory = new ExactGpuEngineFactory(EmulatedGpu.Device, atOnce: Configs.Length);

        IReadOnlyList<TrainingRun> together = Sweep("together", factory, Configs.Length).Train([.. Configs.Select(config => new RunRequest(config, Schedule))]);
        IReadOnlyList<TrainingRun> alone = Sweep("alone", new ExactEngineFactory(threads: 1), 1).Train([.. Configs.Select(config => new RunRequest(config, Schedule))]);

        foreach ((TrainingRun onGpu, TrainingRun onProcessor) in together.Zip(alone))
        {
            Path.GetFileName(onGpu.Folder).Should().Be(Path.GetFileName(onProcessor.Folder), "they are the same run");
            Files(onGpu).Should().Equal(Files(onProcessor), "every bit of a run is the exact engine's");
        }
    }

    [TestCaseSource(nameof(OfTheProcessorAlone))]
    public void What_no_kernel_computes_is_refused_by_name(TrainingConfig config, string what)
    {
        using var factory = new ExactGpuEngineFactory(EmulatedGpu.Device);

        FluentActions.Invoking(() => factory.Create(config, TrainingState.Initial(config) with { Teacher = config.Teacher is null ? null : OfTeacher })).Should().Throw<GpuUnavailableException>().WithMessage($"{what} is not trained on the GPU: give --device cpu*");
    }

    private static TransformerWeights OfTeacher => TrainingState.Initial(EmulatedGpu.Small).Weights;

    private static IEnumerable<TestCaseData> OfTheProcessorAlone =>
    [
        new(EmulatedGpu.Small with { KeepZeros = true }, "a network whose zeros stay"),
        new(EmulatedGpu.Small with { Grokfast = new() { Alpha = 0.98, Lambda = 2 } }, "a network with Grokfast"),
        new(EmulatedGpu.Small with { PerpendicularGradient = true }, "a network with a perpendicular gradient"),
        new(EmulatedGpu.Small with { LossForm = LossForm.StableMax }, "a network with StableMax"),
        new(EmulatedGpu.Small with { LossForm = LossForm.Float64, Teacher = Teacher.Of(OfTeacher) }, "a student of a teacher"),
    ];

    [Test]
    public void An_interrupted_fleet_resumes_to_the_bits_of_one_that_was_not()
    {
        using var factory = new ExactGpuEngineFactory(EmulatedGpu.Device, atOnce: Configs.Length);
        RunRequest[] runs = [.. Configs.Select(config => new RunRequest(config, Schedule))];
        using var cancellation = new CancellationTokenSource();
        var interrupting = new Interruption(cancellation, afterEpoch: 2);

        FluentActions.Invoking(() => new RunSweep(Store("resumed"), factory) { AtOnce = Configs.Length, Progress = interrupting }.Train(runs, cancellation.Token))
            .Should().Throw<OperationCanceledException>();
        IReadOnlyList<TrainingRun> resumed = Sweep("resumed", factory, Configs.Length).Train(runs);

        foreach ((TrainingConfig config, TrainingRun run) in Configs.Zip(resumed))
        {
            RunManifest.Read(run.Folder).Sessions.Should().HaveCountGreaterThan(1);
            using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
            while (engine.Epoch < Schedule.Epochs)
            {
                engine.Step();
            }

            run.ReadCheckpoint(Schedule.Epochs).Weights.Sha256().Should().Be(engine.Capture().Weights.Sha256());
        }
    }

    [Test]
    public void Members_come_and_go_and_step_at_their_own_pace()
    {
        using var fleet = new GpuFleet(EmulatedGpu.Device, FleetKey.Of(Configs[0]), 3);
        var members = Configs.Take(3).Select(config => fleet.Add(config, TrainingState.Initial(config))).ToList();
        fleet.HasRoom.Should().BeFalse();

        int[] epochs = [1, 3, 2];
        TrainingState[] states = EmulatedGpu.EachOnAThread([.. members.Zip(epochs)], pair =>
        {
            for (int i = 0; i < pair.Second; i++)
            {
                pair.First.Step();
            }

            TrainingState state = pair.First.Capture();
            pair.First.Dispose();
            return state;
        });

        fleet.HasRoom.Should().BeTrue();
        using FleetMember late = fleet.Add(Configs[1], states[1]);
        late.Step();
        late.Epoch.Should().Be(4);
        using var engine = new ExactEngine(Configs[1], TrainingState.Initial(Configs[1]), threads: 1);
        while (engine.Epoch < 3)
        {
            engine.Step();
        }

        states[1].ShouldBeTheBitsOf(engine.Capture(), "others had fewer steps to do");
        engine.Step();
        late.Capture().ShouldBeTheBitsOf(engine.Capture(), "it went on alone, in another's place");
    }

    [Test]
    public void More_steps_than_are_prepared_at_a_time_are_done_in_parts()
    {
        TrainingConfig config = EmulatedGpu.Small with { Model = new() { Prime = 5, DModel = 2, Heads = 1, DMlp = 1 } };
        using var fleet = new GpuFleet(EmulatedGpu.Device, FleetKey.Of(config), 1, stepsAhead: 2);
        using FleetMember member = fleet.Add(config, TrainingState.Initial(config));
        using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
        for (int i = 0; i < 5; i++)
        {
            member.Step();
            engine.Step();
        }

        member.Capture().ShouldBeTheBitsOf(engine.Capture(), "where a part ends cannot matter");
    }

    [Test]
    public void Too_little_memory_is_told_before_anything_is_trained()
    {
        var layout = new NetworkLayout(new TransformerConfig(), capacity: 6385, hasFrequencyDecay: false);

        FluentActions.Invoking(() => FleetMemory.RequireRoom(64, layout, freeBytes: 1L << 30)).Should().Throw<GpuUnavailableException>().Which.Message
            .Should().MatchRegex("^out of memory: 64 networks of this shape need [0-9,]+ MiB of the GPU, 1,024 are free; ");
        FluentActions.Invoking(() => FleetMemory.RequireRoom(64, layout, freeBytes: 8L << 30)).Should().NotThrow("sixty-four of the paper's networks take some gigabytes");
    }

    [Test]
    public void Where_memory_is_short_fewer_are_trained_at_once_and_what_trains_nothing_makes_room()
    {
        TrainingConfig other = EmulatedGpu.Small with { LossForm = LossForm.Float32 };
        var layout = new NetworkLayout(EmulatedGpu.Small.Model, FleetKey.Of(EmulatedGpu.Small).Capacity, hasFrequencyDecay: false);
        using var device = GpuDevice.Emulated(bytes: (64L << 20) + (3 * FleetMemory.BytesEach(layout)));
        using var factory = new ExactGpuEngineFactory(device, atOnce: 8);

        ITrainingEngine first = factory.Create(EmulatedGpu.Small, TrainingState.Initial(EmulatedGpu.Small));
        using ITrainingEngine second = factory.Create(EmulatedGpu.Small, TrainingState.Initial(EmulatedGpu.Small));
        using ITrainingEngine third = factory.Create(other, TrainingState.Initial(other));
        FluentActions.Invoking(() => factory.Create(EmulatedGpu.Small with { ConstantNorm = true }, TrainingState.Initial(EmulatedGpu.Small)))
            .Should().Throw<GpuUnavailableException>().WithMessage("out of memory: 1 networks *");

        first.Dispose();
        second.Dispose();
        using ITrainingEngine fourth = factory.Create(EmulatedGpu.Small with { ConstantNorm = true }, TrainingState.Initial(EmulatedGpu.Small));
        fourth.Epoch.Should().Be(0);
    }

    [Test]
    public void What_goes_wrong_on_the_GPU_is_told_to_every_member_that_waits()
    {
        using var fleet = new GpuFleet(EmulatedGpu.Device, FleetKey.Of(Configs[0]), 2);
        FleetMember[] members = [.. Configs.Take(2).Select(config => fleet.Add(config, TrainingState.Initial(config)))];

        string[] told = EmulatedGpu.EachOnAThread(members, member =>
            FluentActions.Invoking(() => member.Evaluate([-1])).Should().Throw<Exception>().Which.GetType().Name);

        told.Should().OnlyContain(name => name == told[0]);
    }

    private static IEnumerable<string> Files(TrainingRun run) => Directory.EnumerateFiles(run.Folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != RunManifest.Name)
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}");

    private RunStore Store(string name) => new(Path.Combine(_folder, name), new RunTrainer());

    private RunSweep Sweep(string name, ITrainingEngineFactory factory, int atOnce) => new(Store(name), factory) { AtOnce = atOnce };

    /// <summary>Cancels once a run has come so far.</summary>
    private sealed class Interruption(CancellationTokenSource cancellation, long afterEpoch) : IProgress<(RunRequest Run, TrainingProgress Progress)>
    {
        public void Report((RunRequest Run, TrainingProgress Progress) value)
        {
            if (value.Progress.Latest.Epoch >= afterEpoch)
            {
                cancellation.Cancel();
            }
        }
    }
}

using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>What this test run trains: side by side, a thread each, kept in the run store. A second test run, of the same code, reuses it.</summary>
internal static class RunTraining
{
    /// <summary>A look at a run's phase takes a core for 0.15 seconds at p = 113: here 1.5% of what one run has, at most.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <summary>Made when first asked for: a GPU that is not there is told by the test that needs it.</summary>
    private static readonly Lazy<RunSweep> Exact = new(() => TrainingTier.IsOnGpu
        ? Through(new ExactGpuEngineFactory(TrainingTier.NetworksOnGpu), threads: null, TrainingTier.NetworksOnGpu)
        : Through(new ExactEngineFactory(threads: 1), threads: 1, Environment.ProcessorCount));

    private static readonly Lazy<Mainline> OfTier = new(() => new(Sweep, TrainingTier.Seeds, all: TrainingTier.IsNightly, Calibration.OfThisRepository.Length)
    {
        Measuring = new ProgressLines(TestContext.Progress, phases: null, TimeProvider.System),
    });

    public static string ArtifactsFolder { get; } = Path.Combine(Golden.GoldenFolder.OfThisRepository.Path, "..", "artifacts");

    /// <summary>All runs on the exact engine: two tests that wait for trainings share the cores, or a GPU's launches.</summary>
    public static RunSweep Sweep => Exact.Value;

    public static Mainline Mainline => OfTier.Value;

    private static string StoreFolder => Environment.GetEnvironmentVariable("GROKVERIFY_RUNS") is { Length: > 0 } chosen ? chosen : Path.Combine(ArtifactsFolder, "runs");

    /// <summary>Through libtorch, a thread each: networks of several layers.</summary>
    public static RunSweep ThroughLibTorch() => Through(new TorchEngineFactory(threads: 1), threads: 1, Environment.ProcessorCount);

    /// <summary>Through libtorch on a GPU, one run after the other.</summary>
    public static RunSweep OnGpu() => Through(new TorchEngineFactory(TorchSharp.DeviceType.CUDA), threads: null, atOnce: 1);

    /// <summary>Leaves evidence in artifacts/claims and attaches it to the test's result.</summary>
    public static void Attach(Func<EvidenceFiles, IReadOnlyList<(string Path, string Description)>> write)
    {
        foreach ((string path, string description) in write(new EvidenceFiles(Path.Combine(ArtifactsFolder, "claims"))))
        {
            TestContext.AddTestAttachment(path, description);
        }
    }

    private static RunSweep Through(ITrainingEngineFactory factory, int? threads, int atOnce)
    {
        var store = new RunStore(StoreFolder, new RunTrainer { Threads = threads });
        return new RunSweep(store, factory) { AtOnce = atOnce, Progress = new ProgressLines(TestContext.Progress, new LivePhases(store, factory, BetweenLooks), TimeProvider.System) };
    }
}

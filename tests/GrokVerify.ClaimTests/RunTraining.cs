using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>What this test run trains: side by side, a thread each, kept in the run store. A second test run, of the same code, reuses it.</summary>
internal static class RunTraining
{
    public static string ArtifactsFolder { get; } = Path.Combine(Golden.GoldenFolder.OfThisRepository.Path, "..", "artifacts");

    /// <summary>All runs on the exact engine: two tests that wait for trainings share the cores.</summary>
    public static RunSweep Sweep { get; } = Through(new ExactEngineFactory(threads: 1), threads: 1, Environment.ProcessorCount);

    public static Mainline Mainline { get; } = new(Sweep, TrainingTier.Seeds, all: TrainingTier.IsNightly, Calibration.OfThisRepository.Length);

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

    private static RunSweep Through(ITrainingEngineFactory factory, int? threads, int atOnce) => new(
        new RunStore(StoreFolder, new RunTrainer { RepositoryFolder = Path.Combine(ArtifactsFolder, ".."), Threads = threads }), factory)
    {
        AtOnce = atOnce,
        Progress = new ProgressLines(),
    };

    /// <summary>A line for each run on the test's progress stream every few seconds.</summary>
    private sealed class ProgressLines : IProgress<(RunRequest Run, TrainingProgress Progress)>
    {
        private readonly ConcurrentDictionary<RunRequest, Stopwatch> _sinceLast = new();

        public void Report((RunRequest Run, TrainingProgress Progress) value)
        {
            Stopwatch sinceLast = _sinceLast.GetOrAdd(value.Run, _ => Stopwatch.StartNew());
            if (sinceLast.Elapsed < TimeSpan.FromSeconds(10))
            {
                return;
            }

            sinceLast.Restart();
            TrainingConfig config = value.Run.Config;
            MetricsRow row = value.Progress.Latest;
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"p = {config.Model.Prime}, fraction {config.TrainFraction}, weight decay {config.WeightDecay}, seed {config.Seed}: epoch {row.Epoch} of at most {value.Progress.LastEpoch}, train loss {row.TrainLoss:0.00e0}, test loss {row.TestLoss:0.00e0}, test accuracy {row.TestAccuracy:0.000}, {value.Progress.EpochsPerSecond:0} epochs/s, at most {value.Progress.Remaining:hh\\:mm\\:ss} to go"));
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Loop;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <summary>Trains runs side by side and keeps them in the run store: a second test run, of the same code, reuses them.</summary>
internal static class RunTraining
{
    public static string ArtifactsFolder { get; } = Path.Combine(Golden.GoldenFolder.OfThisRepository.Path, "..", "artifacts");

    private static string StoreFolder => Environment.GetEnvironmentVariable("GROKVERIFY_RUNS") is { Length: > 0 } chosen ? chosen : Path.Combine(ArtifactsFolder, "runs");

    /// <inheritdoc cref="Train(IReadOnlyList{ValueTuple{string, RunRequest}}, CancellationToken)"/>
    public static IReadOnlyList<TrainingRun> Train(IReadOnlyList<(string Name, TrainingConfig Config, TrainingSchedule Schedule)> runs, CancellationToken cancellation) =>
        Train([.. runs.Select(run => (run.Name, new RunRequest(run.Config, run.Schedule)))], cancellation);

    /// <summary>Brings every run to the end of its schedule.</summary>
    /// <param name="runs">Name and request; those that take long first.</param>
    /// <param name="cancellation">Ends all runs; they can be resumed.</param>
    /// <returns>The runs, in the order asked for.</returns>
    public static IReadOnlyList<TrainingRun> Train(IReadOnlyList<(string Name, RunRequest Request)> runs, CancellationToken cancellation)
    {
        int atOnce = Math.Min(runs.Count, Environment.ProcessorCount);
        int threads = Math.Max(1, Environment.ProcessorCount / atOnce);
        return Train(runs, new ExactEngineFactory(threads), threads, atOnce, cancellation);
    }

    /// <summary>The same through libtorch on the CPU, one thread each: networks of several layers.</summary>
    public static IReadOnlyList<TrainingRun> TrainThroughLibTorch(IReadOnlyList<(string Name, RunRequest Request)> runs, CancellationToken cancellation) =>
        Train(runs, new TorchEngineFactory(threads: 1), threads: 1, Math.Min(runs.Count, Environment.ProcessorCount), cancellation);

    /// <summary>The same through libtorch on a GPU, one run after the other.</summary>
    public static IReadOnlyList<TrainingRun> TrainOnGpu(IReadOnlyList<(string Name, RunRequest Request)> runs, CancellationToken cancellation) =>
        Train(runs, new TorchEngineFactory(TorchSharp.DeviceType.CUDA), threads: null, atOnce: 1, cancellation);

    /// <summary>The command that trains a run again.</summary>
    public static string Replay(TrainingConfig config, TrainingSchedule schedule)
    {
        string labels = config.LabelRule == LabelRule.Shuffled ? " --labels shuffled" : "";
        string end = schedule.UntilGrokked ? " --until-grokked" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run --project tools/GrokVerify.Cli -- train --p {config.Model.Prime} --fraction {config.TrainFraction} --weight-decay {config.WeightDecay} --seed {config.Seed}{labels} --epochs {schedule.Epochs}{end} --log-every {schedule.LogEvery} --checkpoint-every {schedule.CheckpointEvery}");
    }

    private static IReadOnlyList<TrainingRun> Train(
        IReadOnlyList<(string Name, RunRequest Request)> runs, ITrainingEngineFactory factory, int? threads, int atOnce, CancellationToken cancellation)
    {
        var store = new RunStore(StoreFolder, new RunTrainer { RepositoryFolder = Path.Combine(ArtifactsFolder, ".."), Threads = threads });
        var sweep = new RunSweep(store, factory)
        {
            AtOnce = atOnce,
            Progress = new ProgressLines([.. runs.Select(run => run.Name)]),
        };
        return sweep.Train([.. runs.Select(run => run.Request)], cancellation);
    }

    /// <summary>A line for each run on the test's progress stream every few seconds.</summary>
    private sealed class ProgressLines(string[] names) : IProgress<(int Run, TrainingProgress Progress)>
    {
        private readonly ConcurrentDictionary<int, Stopwatch> _sinceLast = new();

        public void Report((int Run, TrainingProgress Progress) value)
        {
            Stopwatch sinceLast = _sinceLast.GetOrAdd(value.Run, _ => Stopwatch.StartNew());
            if (sinceLast.Elapsed < TimeSpan.FromSeconds(10))
            {
                return;
            }

            sinceLast.Restart();
            MetricsRow row = value.Progress.Latest;
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{names[value.Run]} ({value.Run + 1} of {names.Length}): epoch {row.Epoch} of at most {value.Progress.LastEpoch}, train loss {row.TrainLoss:0.00e0}, test loss {row.TestLoss:0.00e0}, test accuracy {row.TestAccuracy:0.000}, {value.Progress.EpochsPerSecond:0} epochs/s, at most {value.Progress.Remaining:hh\\:mm\\:ss} to go"));
        }
    }
}

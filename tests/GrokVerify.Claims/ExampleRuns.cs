using System.Diagnostics;
using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Exact;
using GrokVerify.Fourier;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Training;

namespace GrokVerify.ClaimTests;

/// <summary>
/// The runs that claims are judged on, each trained when a test first asks for it and kept in the run store:
/// a second test run, of the same code, reuses them.
/// </summary>
internal static class ExampleRuns
{
    private const int ControlEpochs = 3_000;
    private static readonly TrainingSchedule UntilGrokked = new() { Epochs = 40_000, UntilGrokked = true, LogEvery = 25, CheckpointEvery = 250 };
    private static readonly bool IsNightly = TestContext.Parameters.Get("tier", "default") == "nightly";

    /// <summary>0; in the nightly tier a fresh one each day, the number of days since 1 January of the year 1.</summary>
    private static readonly long Seed = IsNightly ? DateOnly.FromDateTime(DateTime.UtcNow).DayNumber : 0;

    /// <summary>Until it has grokked and cleaned up; in the nightly tier the paper's 40,000 epochs.</summary>
    private static readonly TrainingSchedule Schedule = UntilGrokked with { UntilGrokked = !IsNightly };
    private static readonly Dictionary<string, ExampleRun> Trained = [];

    public static string ArtifactsFolder { get; } = Path.Combine(GrokVerify.Golden.GoldenFolder.OfThisRepository.Path, "..", "artifacts");

    /// <summary>The paper's mainline: p = 113, 30% of the pairs, weight decay 1.</summary>
    public static ExampleRun Mainline(CancellationToken cancellation) =>
        Get("the mainline", () => Train("the mainline", new TrainingConfig { Seed = Seed }, Schedule, cancellation));

    /// <summary>The mainline of seed 0 until it has cleaned up, in every tier: the run whose bits are golden.</summary>
    public static ExampleRun GoldenMainline(CancellationToken cancellation) => IsNightly
        ? Get("the mainline of seed 0", () => Train("the mainline of seed 0", new TrainingConfig(), UntilGrokked, cancellation))
        : Mainline(cancellation);

    /// <summary>The mainline before its first step.</summary>
    public static ExampleRun Untrained(CancellationToken cancellation) =>
        Get("the untrained network", () => Mainline(cancellation) is ExampleRun mainline
            ? mainline with { Name = "the untrained network", Evidence = RunEvidence.Of(mainline.Run, [0]) }
            : throw new UnreachableException());

    /// <summary>The mainline without weight decay, for as long as the mainline took to generalize: it memorizes and does not generalize within that horizon.</summary>
    public static ExampleRun NoWeightDecay(CancellationToken cancellation) =>
        Get("the network without weight decay", () => Train(
            "the network without weight decay",
            new TrainingConfig { Seed = Seed, WeightDecay = 0 },
            Schedule with { Epochs = EpochOfGeneralization(Mainline(cancellation)), UntilGrokked = false },
            cancellation));

    /// <summary>The mainline on labels without a rule: nothing to generalize to.</summary>
    public static ExampleRun ShuffledLabels(CancellationToken cancellation) =>
        Get("the network trained on shuffled labels", () => Train(
            "the network trained on shuffled labels",
            new TrainingConfig { Seed = Seed, LabelRule = LabelRule.Shuffled },
            Schedule with { Epochs = ControlEpochs, UntilGrokked = false },
            cancellation));

    /// <summary>The mainline judged by frequencies that are not its own: each key frequency's upper neighbour that is no key frequency.</summary>
    public static ExampleRun WrongFrequencies(CancellationToken cancellation) =>
        Get("the mainline judged by other frequencies", () => Mainline(cancellation) is ExampleRun mainline
            ? mainline with
            {
                Name = "the mainline judged by other frequencies",
                Evidence = RunEvidence.Of(mainline.Run, EveryFourth([.. mainline.Evidence.Curve.Points.Select(point => point.Epoch)]), Neighbours, cancellation: cancellation),
            }
            : throw new UnreachableException());

    /// <summary>The first checkpoint at which test accuracy is 0.99 or more; the last one if it never is.</summary>
    private static long EpochOfGeneralization(ExampleRun run) =>
        (run.Evidence.Curve.Points.FirstOrDefault(point => point.Measures.Test?.Accuracy >= 0.99) ?? run.Evidence.Curve.Points[^1]).Epoch;

    private static ExampleRun Get(string name, Func<ExampleRun> make)
    {
        if (!Trained.TryGetValue(name, out ExampleRun? run))
        {
            Trained[name] = run = make();
        }

        return run;
    }

    private static ExampleRun Train(string name, TrainingConfig config, TrainingSchedule schedule, CancellationToken cancellation)
    {
        string repository = Path.Combine(ArtifactsFolder, "..");
        string folder = Environment.GetEnvironmentVariable("GROKVERIFY_RUNS") is { Length: > 0 } chosen ? chosen : Path.Combine(ArtifactsFolder, "runs");
        var store = new RunStore(folder, new RunTrainer { RepositoryFolder = repository });
        TrainingRun run = store.GetOrTrain(config, schedule, new ExactEngineFactory(), new ProgressLines(name), cancellation);
        return new ExampleRun(name, run, RunEvidence.Of(run, Judged(run, schedule), cancellation: cancellation), Replay(config, schedule));
    }

    /// <summary>
    /// The scheduled checkpoints up to where this schedule ends. The stored run may go on further, if somebody asked for more of it;
    /// what claims are judged on does not depend on that.
    /// </summary>
    private static long[] Judged(TrainingRun run, TrainingSchedule schedule)
    {
        int cleaned = schedule.UntilGrokked ? Enumerable.Range(0, run.Rows.Count).FirstOrDefault(index => Cleanup.HasEndedAt(run.Rows, index), -1) : -1;
        long end = cleaned < 0 ? schedule.Epochs : run.Rows[cleaned].Epoch;
        return [.. run.CheckpointEpochs.Where(epoch => epoch % schedule.CheckpointEvery == 0 && epoch <= end)];
    }

    private static string Replay(TrainingConfig config, TrainingSchedule schedule)
    {
        string labels = config.LabelRule == LabelRule.Shuffled ? " --labels shuffled" : "";
        string end = schedule.UntilGrokked ? " --until-grokked" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run --project tools/GrokVerify.Cli -- train --p {config.Model.Prime} --fraction {config.TrainFraction} --weight-decay {config.WeightDecay} --seed {config.Seed}{labels} --epochs {schedule.Epochs}{end} --log-every {schedule.LogEvery} --checkpoint-every {schedule.CheckpointEvery}");
    }

    private static KeyFrequencies Neighbours(NetworkSpectra network)
    {
        IReadOnlyList<int> keys = network.KeyFrequencies.Frequencies;
        int count = network.Alpha.Values.Count;
        int[] others = [.. keys.Select(k => Enumerable.Range(k, count).Select(next => (next % count) + 1).First(next => !keys.Contains(next))).Distinct()];
        return KeyFrequencies.Given(network.Alpha.Values, others);
    }

    private static long[] EveryFourth(IReadOnlyList<long> epochs) => [.. epochs.Where((_, index) => index % 4 == (epochs.Count - 1) % 4)];

    /// <summary>A line on the test's progress stream every few seconds.</summary>
    private sealed class ProgressLines(string name) : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

        public void Report(TrainingProgress value)
        {
            if (_sinceLast.Elapsed < TimeSpan.FromSeconds(10))
            {
                return;
            }

            _sinceLast.Restart();
            MetricsRow row = value.Latest;
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: epoch {row.Epoch} of at most {value.LastEpoch}, train loss {row.TrainLoss:0.00e0}, test loss {row.TestLoss:0.00e0}, test accuracy {row.TestAccuracy:0.000}, {value.EpochsPerSecond:0} epochs/s, at most {value.Remaining:hh\\:mm\\:ss} to go"));
        }
    }
}

using System.Diagnostics;
using GrokVerify.Claims;
using GrokVerify.Cli.Page;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Fleet;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Cli.GpuChecks;

/// <summary>A line of the check's table.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Found">What came.</param>
/// <param name="IsRight">False where it is not as it has to be; null for a figure.</param>
internal sealed record GpuCheckRow(string What, string Found, bool? IsRight = null);

/// <summary>Whether a GPU gives the exact engine's bits, how fast it is, and what becomes of a fleet.</summary>
/// <param name="device">The GPU.</param>
/// <param name="scale">How much is asked of it.</param>
/// <param name="isLibTorchLoaded">Whether libtorch can be timed beside it.</param>
/// <param name="storeFolder">Where the fleet's runs are kept.</param>
/// <param name="display">Told what is being done.</param>
internal sealed class GpuCheck(GpuDevice device, GpuCheckScale scale, bool isLibTorchLoaded, string storeFolder, ProgressDisplay display)
{
    private const string Same = "the exact engine's bits";

    /// <summary>All of it; each line when it is known.</summary>
    public IEnumerable<GpuCheckRow> Rows(CancellationToken cancellation)
    {
        yield return new GpuCheckRow("GPU", device.Description);
        foreach (GpuCheckRow row in Kernels().Concat(GoldenRuns(cancellation)).Concat(OddSettings()).Concat(Speed()).Concat(Fleet(cancellation)))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private IEnumerable<GpuCheckRow> Kernels()
    {
        IReadOnlyDictionary<string, (int Registers, int LocalBytes)> taken = device.KernelsTake();
        if (taken.Count > 0)
        {
            (string most, (int registers, _)) = taken.MaxBy(kernel => kernel.Value.Registers);
            string[] spilled = [.. taken.Where(kernel => kernel.Value.LocalBytes > 0).Select(kernel => Text($"{kernel.Key} {kernel.Value.LocalBytes} bytes"))];
            yield return new GpuCheckRow("kernels", Text($"{taken.Count}; most registers {registers} ({most}); spilled: {(spilled.Length == 0 ? "none" : string.Join(", ", spilled))}"), spilled.Length == 0);
        }
    }

    private IEnumerable<GpuCheckRow> GoldenRuns(CancellationToken cancellation)
    {
        if (!scale.Golden)
        {
            yield break;
        }

        foreach ((TrainingConfig config, IReadOnlyList<(long Epoch, string Sha256)> hashes) in GoldenWeights.Runs)
        {
            using var factory = new ExactGpuEngineFactory(device);
            using ITrainingEngine engine = factory.Create(config, TrainingState.Initial(config));
            long? wrong = null;
            foreach ((long epoch, string sha256) in hashes)
            {
                cancellation.ThrowIfCancellationRequested();
                display.Show(0.1, Text($"p = {config.Model.Prime}: epoch {epoch} of {hashes[^1].Epoch}"));
                while (engine.Epoch < epoch)
                {
                    engine.Step();
                }

                wrong ??= engine.Capture().Weights.Sha256() == sha256 ? null : epoch;
            }

            string epochs = string.Join(", ", hashes.Select(hash => NumberFormat.Count(hash.Epoch)));
            yield return new GpuCheckRow(
                Text($"bits, p = {config.Model.Prime}"), wrong is null ? $"golden hashes at epochs {epochs}" : Text($"not the golden hash at epoch {wrong}"), wrong is null);
        }
    }

    private IEnumerable<GpuCheckRow> OddSettings()
    {
        foreach ((string what, TrainingConfig config) in GpuCheckScale.OddSettings)
        {
            display.Show(0.3, $"{what} on both");
            using var factory = new ExactGpuEngineFactory(device);
            using ITrainingEngine onGpu = factory.Create(config, TrainingState.Initial(config));
            using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
            for (int i = 0; i < scale.OddSteps; i++)
            {
                onGpu.Step();
                engine.Step();
            }

            bool isSame = onGpu.Capture().Weights.Sha256() == engine.Capture().Weights.Sha256();
            yield return new GpuCheckRow($"bits, {what}", isSame ? Text($"{Same} after {scale.OddSteps} steps") : Text($"other bits within {scale.OddSteps} steps"), isSame);
        }
    }

    private IEnumerable<GpuCheckRow> Speed()
    {
        double peak = GpuStepSpeed.MeasurePeak(device);
        yield return new GpuCheckRow("multiply-add peak", Text($"{peak:N0} GFLOP/s"));
        foreach (int networks in new[] { 1, 8, scale.Networks }.Where(networks => networks <= scale.Networks).Distinct())
        {
            display.Show(0.4, Text($"timing steps of {networks} networks at once"));
            GpuStepSpeed speed = GpuStepSpeed.Measure(device, scale.Setting, networks, scale.TimedSteps, scale.Rounds);
            yield return new GpuCheckRow(
                Text($"a step of {networks}"), Text($"{speed.MsPerStep:0.000} ms for each network; products {speed.Gflops:N1} GFLOP/s, {speed.Gflops / peak:P1} of the peak"));
        }

        var fleet = new GpuFleet(device, FleetKey.Of(scale.Setting), 1);
        yield return new GpuCheckRow("launches of a step", Text($"{fleet.LaunchesOfStep}{(device.IsGpu ? ", in one graph" : "")}"));
        fleet.Dispose();
        if (isLibTorchLoaded && TorchDevices.MsPerStepOnCuda(scale.Setting, scale.TimedSteps) is double milliseconds)
        {
            yield return new GpuCheckRow("a step of TorchEngine on it", Text($"{milliseconds:0.000} ms"));
        }
    }

    private IEnumerable<GpuCheckRow> Fleet(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(scale.Limit);
        using var factory = new ExactGpuEngineFactory(device, scale.Networks);
        var store = new RunStore(storeFolder, new RunTrainer());
        var latest = new Dictionary<long, MetricsRow>();
        var sweep = new RunSweep(store, factory)
        {
            AtOnce = scale.Networks,
            Progress = new SynchronousProgress<(RunRequest Run, TrainingProgress Progress)>(now =>
            {
                lock (latest)
                {
                    latest[now.Run.Config.Seed] = now.Progress.Latest;
                    display.Show(0.5, Text($"{latest.Count} networks, the last at epoch {latest.Values.Min(row => row.Epoch)}"));
                }
            }),
        };
        RunRequest[] requests = [.. Enumerable.Range(0, scale.Networks).Select(seed => new RunRequest(scale.Setting with { Seed = seed }, scale.Schedule))];
        var clock = Stopwatch.StartNew();
        IReadOnlyList<TrainingRun> runs = [];
        bool isWhole = true;
        try
        {
            runs = sweep.Train(requests, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            isWhole = false;
        }

        double seconds = clock.Elapsed.TotalSeconds;
        long steps = latest.Values.Sum(row => row.Epoch);
        yield return new GpuCheckRow(
            Text($"fleet of {scale.Networks} seeds"),
            Text($"{(isWhole ? "trained" : "stopped at its limit")} after {seconds:0} s: {NumberFormat.Count(steps)} steps, {seconds / steps * 1000:0.000} ms each with losses and checkpoints"),
            isWhole);
        if (!isWhole)
        {
            yield break;
        }

        yield return Analysis(runs, seconds / steps, cancellation);
        if (scale.Golden)
        {
            long[] jumps = [.. runs.Select(run => run.Rows.FirstOrDefault(row => row.TestAccuracy >= TrainedCurve.GeneralizedTestAccuracy)?.Epoch ?? long.MaxValue).Order()];
            yield return new GpuCheckRow("test accuracy 0.99", Text($"{jumps.Count(jump => jump < long.MaxValue)} of {jumps.Length} seeds, between epochs {jumps[0]} and {jumps[^1]}, half of them by {jumps[jumps.Length / 2]}"));
            yield return Cleanups(runs);
        }
        else
        {
            bool[] areSame = [.. runs.Select(run => run.ReadCheckpoint(scale.Schedule.Epochs).Weights.Sha256() == Alone(run.Config))];
            yield return new GpuCheckRow("each of the fleet", Text($"{areSame.Count(same => same)} of {areSame.Length} have {Same}"), areSame.All(same => same));
        }
    }

    /// <summary>Measures and ablations on the processor beside training on the GPU: a checkpoint that takes longer to analyse than to train would hold the nightly claims up.</summary>
    private GpuCheckRow Analysis(IReadOnlyList<TrainingRun> runs, double secondsPerStep, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        int checkpoints = 0;
        foreach (TrainingRun run in runs)
        {
            display.Show(0.9, Text($"analysing seed {run.Config.Seed}"));
            RunEvidence evidence = RunEvidence.Measure(run, cancellation: cancellation);
            checkpoints += evidence.Ablations.Count > 0 ? evidence.Curve.Points.Count : 0;
        }

        return new GpuCheckRow(
            "analysis of a checkpoint",
            Text($"{clock.Elapsed.TotalMilliseconds / checkpoints:0.0} ms on {Environment.ProcessorCount} cores, ablations of the last included; {Mainline.UntilGrokked.CheckpointEvery} steps of one of the fleet took {secondsPerStep * Mainline.UntilGrokked.CheckpointEvery * 1000:0.0} ms"));
    }

    /// <summary>Seeds that were calibrated on processors end their cleanup where they did there.</summary>
    private static GpuCheckRow Cleanups(IReadOnlyList<TrainingRun> runs)
    {
        var claim = new ThreePhases();
        IReadOnlyList<double> expected = AcceptedSeeds.WhereCleanupEnds.Values(claim, claim.Statistics.Single(statistic => statistic.Name == "end of cleanup"))!;
        (TrainingRun Run, double Expected)[] known =
        [
            .. AcceptedSeeds.WhereCleanupEnds.Seeds.Zip(expected)
                .SelectMany(seed => runs.Where(run => run.Config.Seed == seed.First).Select(run => (run, seed.Second))),
        ];
        TrainingRun[] others = [.. known.Where(pair => pair.Run.Rows[^1].Epoch != pair.Expected).Select(pair => pair.Run)];
        return new GpuCheckRow(
            "end of cleanup",
            Text($"{known.Length - others.Length} of the {known.Length} calibrated seeds end where they did on processors{(others.Length == 0 ? "" : Text($"; not seeds {string.Join(", ", others.Select(run => run.Config.Seed))}"))}"),
            others.Length == 0);
    }

    private string Alone(TrainingConfig config)
    {
        using var engine = new ExactEngine(config, TrainingState.Initial(config), threads: 1);
        while (engine.Epoch < scale.Schedule.Epochs)
        {
            engine.Step();
        }

        return engine.Capture().Weights.Sha256();
    }
}

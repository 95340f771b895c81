using System.Diagnostics;
using GrokVerify.Cli.Running;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Fleet;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;
using TorchSharp;

namespace GrokVerify.Cli.Benchmark;

/// <summary>
/// Times a step of every engine at the paper's setting. The engines take turns in short rounds, so that whatever else the machine does meanwhile hits all alike.
/// Where libtorch sees a CUDA device, it is timed too. libtorch has to be loaded before.
/// </summary>
internal static class EngineBench
{
    private const int StepsInRound = 3;

    /// <summary>Far past memorization, where the loss's gradient is tiny: a processor that is slow on tiny numbers shows it here.</summary>
    private const int EpochsOfMemorized = 1000;
    private const int StepsOnGpu = 200;
    private const int FleetNetworks = 64;

    /// <param name="threads">Threads of every engine.</param>
    /// <param name="steps">Timed steps of each engine, from 1 up.</param>
    /// <param name="limit">No round begins after this much time.</param>
    /// <param name="display">Told of every round.</param>
    /// <param name="cancellation">Stops between two rounds.</param>
    public static BenchReport Measure(int threads, int steps, TimeSpan limit, ProgressDisplay display, CancellationToken cancellation)
    {
        torch.set_num_threads(threads);
        var config = new TrainingConfig();
        var start = TrainingState.Initial(config);
        using var reference = new ReferenceEngine(config);
        using var torchEngine = new TorchEngine(config, start);
        using TorchEngine? gpuEngine = torch.cuda.is_available() ? new TorchEngine(config, start, device: torch.CUDA) : null;
        using var exact = new ExactEngine(config, start, threads);
        using var exactProducts = new ExactEngine(config, start, new ExactEngineOptions { Threads = threads, MeasureProducts = true });
        using var torchProducts = new TorchProducts(config.Model, config.CreateSplit().Train.Length);
        using var memorized = new ExactEngine(config, start, threads);
        while (memorized.Epoch < EpochsOfMemorized)
        {
            cancellation.ThrowIfCancellationRequested();
            memorized.Step();
        }

        StepTimes referenceTimes = new(), torchTimes = new(), gpuTimes = new(), torchProductTimes = new(), exactTimes = new(), memorizedTimes = new(), exactProductTimes = new();
        double flops = 0;
        double ExactProductStep()
        {
            ProductTimer timer = exactProducts.ProductTimer;
            (double seconds, double operations) = (timer.Seconds, timer.Flops);
            exactProducts.Step();
            flops = timer.Flops - operations;
            return (timer.Seconds - seconds) / threads * 1e3;
        }

        double peak = 0;
        var clock = Stopwatch.StartNew();
        for (int done = 0; done < steps && (done == 0 || clock.Elapsed < limit); done += StepsInRound)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(StepsInRound, steps - done);
            referenceTimes.Add(count, reference.Step);
            torchTimes.Add(count, torchEngine.Step);
            if (gpuEngine is not null)
            {
                gpuTimes.Add(count, () => StepToItsEnd(gpuEngine));
            }

            exactTimes.Add(count, exact.Step);
            memorizedTimes.Add(count, memorized.Step);
            torchProductTimes.Add(count, torchProducts.Multiply);
            exactProductTimes.Add(count, ExactProductStep);
            peak = Math.Max(peak, MultiplyAddPeak.Measure(threads));
            display.Show((double)(done + count) / steps, $"measured {done + count} of {steps} steps of each engine");
        }

        return new BenchReport(
            threads,
            config.Model.Prime,
            config.TrainFraction,
            peak,
            [
                new EngineSpeed(reference.Name, referenceTimes.Median, referenceTimes.Min, null, 1),
                new EngineSpeed(torchEngine.Name, torchTimes.Median, torchTimes.Min, torchProducts.Flops / torchProductTimes.Median * 1e-6, referenceTimes.Over(torchTimes)),
                new EngineSpeed($"{exact.Name}-epoch-{EpochsOfMemorized}", memorizedTimes.Median, memorizedTimes.Min, null, referenceTimes.Over(memorizedTimes)),
                new EngineSpeed(exact.Name, exactTimes.Median, exactTimes.Min, flops / exactProductTimes.Median * 1e-6, referenceTimes.Over(exactTimes)),
                .. gpuEngine is null ? Array.Empty<EngineSpeed>() : [new EngineSpeed(gpuEngine.Name, gpuTimes.Median, gpuTimes.Min, null, referenceTimes.Over(gpuTimes))],
                .. OnGpu(config, referenceTimes.Median),
            ],
            new StepRatios(referenceTimes.Over(exactTimes), torchTimes.Over(exactTimes), referenceTimes.Over(torchTimes)));
    }

    /// <summary>The exact engine on a GPU, where there is one: alone, and as one of a fleet.</summary>
    private static IEnumerable<EngineSpeed> OnGpu(TrainingConfig config, double referenceMilliseconds)
    {
        if (ExactGpuEngineFactory.Obstacle is not null)
        {
            yield break;
        }

        using var device = GpuDevice.Open();
        double peak = GpuStepSpeed.MeasurePeak(device);
        foreach (int networks in new[] { 1, FleetNetworks })
        {
            GpuStepSpeed speed = GpuStepSpeed.Measure(device, config, networks, StepsOnGpu);
            string name = networks == 1 ? "exact-cuda" : FormattableString.Invariant($"exact-cuda-one-of-{networks}");
            yield return new EngineSpeed(name, speed.MedianMsPerStep, speed.MsPerStep, speed.Gflops, referenceMilliseconds / speed.MedianMsPerStep) { GpuPeakGflops = peak };
        }
    }

    /// <summary>A step only asks the GPU for its work.</summary>
    private static void StepToItsEnd(TorchEngine engine)
    {
        engine.Step();
        torch.cuda.synchronize();
    }
}

using System.Diagnostics;
using GrokVerify.Engines;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>What steps cost on a GPU.</summary>
/// <param name="Networks">Networks that took them at once.</param>
/// <param name="MsPerStep">Milliseconds of a step of one of them: the shortest of several rounds.</param>
/// <param name="MedianMsPerStep">Their median.</param>
/// <param name="Gflops">Billions of operations a second of its products, over the whole step.</param>
internal sealed record GpuStepSpeed(int Networks, double MsPerStep, double MedianMsPerStep, double Gflops)
{
    /// <summary>Rounds that are timed, where a second one costs nothing.</summary>
    public const int Rounds = 5;

    /// <param name="device">Where to train.</param>
    /// <param name="config">What; each network has a seed of its own.</param>
    /// <param name="networks">Networks at once.</param>
    /// <param name="steps">Steps of a round.</param>
    /// <param name="rounds">Rounds that are timed.</param>
    public static GpuStepSpeed Measure(GpuDevice device, TrainingConfig config, int networks, int steps, int rounds = Rounds)
    {
        using var fleet = new GpuFleet(device, FleetKey.Of(config), networks);
        FleetMember[] members = [.. Enumerable.Range(0, networks).Select(i => config with { Seed = config.Seed + i }).Select(member => fleet.Add(member, TrainingState.Initial(member)))];
        fleet.Run(steps);
        double[] milliseconds = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            fleet.Run(steps);
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps / networks;
        }

        Array.Sort(milliseconds);
        double each = milliseconds[0];
        Array.ForEach(members, member => member.Dispose());
        return new GpuStepSpeed(networks, each, milliseconds[rounds / 2], fleet.Layout.Flops(config.CreateSplit().Train.Length) / each * 1e-6);
    }

    /// <summary>Billions of operations a second in a loop on registers alone: the best of several rounds.</summary>
    public static double MeasurePeak(GpuDevice device)
    {
        const int threads = ProductKernel.Threads;
        int groups = device.Accelerator.NumMultiprocessors * 32;
        int iterations = device.IsGpu ? 20_000 : 10;
        using MemoryBuffer1D<float, Stride1D.Dense> result = device.Accelerator.Allocate1D<float>(groups * threads);
        var kernel = device.Accelerator.LoadKernel<ArrayView<float>, float, int>(PeakKernel.Run);
        double best = double.PositiveInfinity;
        for (int i = 0; i <= Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            kernel(device.Accelerator.DefaultStream, new KernelConfig(groups, threads), result.View.AsContiguous(), 0.5f, iterations);
            device.Accelerator.DefaultStream.Synchronize();
            best = i == 0 ? best : Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * PeakKernel.Chains * iterations * groups * threads / best * 1e-9;
    }
}

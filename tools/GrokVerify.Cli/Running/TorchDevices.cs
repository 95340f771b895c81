using System.Diagnostics;
using GrokVerify.Engines;
using TorchSharp;

namespace GrokVerify.Cli.Running;

/// <summary>What touches TorchSharp's types; libtorch has to be loaded before.</summary>
internal static class TorchDevices
{
    private const int Rounds = 3;

    public static ITrainingEngineFactory Cpu(int threads) => new TorchEngineFactory(DeviceType.CPU, threads);

    /// <exception cref="UsageException">There is no CUDA device.</exception>
    public static ITrainingEngineFactory Cuda() => torch.cuda.is_available()
        ? new TorchEngineFactory(DeviceType.CUDA)
        : throw new UsageException(
            "--device cuda: no CUDA device can be used; give --device cpu, or build with -p:TorchBackend=cuda on a machine with an NVIDIA GPU");

    /// <summary>Milliseconds of a training step on the GPU, the least of several rounds; null where libtorch sees no CUDA device.</summary>
    public static double? MsPerStepOnCuda(TrainingConfig config, int steps)
    {
        if (!torch.cuda.is_available())
        {
            return null;
        }

        using var engine = new TorchEngine(config, TrainingState.Initial(config), device: torch.CUDA);
        double best = double.PositiveInfinity;
        for (int round = 0; round <= Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < steps; i++)
            {
                engine.Step();
            }

            torch.cuda.synchronize();
            best = round == 0 ? best : Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best / steps;
    }
}

using GrokVerify.Engines;
using TorchSharp;

namespace GrokVerify.Cli.Running;

/// <summary>What touches TorchSharp's types; libtorch has to be loaded before.</summary>
internal static class TorchDevices
{
    public static ITrainingEngineFactory Cpu(int threads) => new TorchEngineFactory(DeviceType.CPU, threads);

    /// <exception cref="UsageException">There is no CUDA device.</exception>
    public static ITrainingEngineFactory Cuda() => torch.cuda.is_available()
        ? new TorchEngineFactory(DeviceType.CUDA)
        : throw new UsageException(
            "--device cuda: no CUDA device can be used; give --device cpu, or build with -p:TorchBackend=cuda on a machine with an NVIDIA GPU");
}

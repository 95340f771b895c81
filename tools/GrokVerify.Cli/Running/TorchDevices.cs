using GrokVerify.Training;
using TorchSharp;

namespace GrokVerify.Cli.Running;

/// <summary>What touches TorchSharp's types; libtorch has to be loaded before.</summary>
internal static class TorchDevices
{
    public static TorchEngineFactory Cpu(int threads) => new(DeviceType.CPU, threads);

    /// <exception cref="UsageException">There is no CUDA device.</exception>
    public static TorchEngineFactory Cuda() => torch.cuda.is_available()
        ? new TorchEngineFactory(DeviceType.CUDA)
        : throw new UsageException(
            "--device cuda: no CUDA device can be used; give --device cpu, or build with -p:TorchBackend=cuda on a machine with an NVIDIA GPU");
}

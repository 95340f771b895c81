using GrokVerify.Cli.Options;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.LibTorch;

namespace GrokVerify.Cli.Running;

/// <summary>Makes the engine that was asked for. Nothing of torch is loaded for the exact engine.</summary>
internal static class EngineFactories
{
    private const string LibTorchVariable = "GROKVERIFY_LIBTORCH";

    /// <exception cref="UsageException">libtorch sees no such device.</exception>
    /// <exception cref="GpuUnavailableException">There is no GPU that the exact engine can use.</exception>
    /// <exception cref="LibTorchUnavailableException">libtorch does not load.</exception>
    public static ITrainingEngineFactory Create(EngineChoice choice, CommandContext context)
    {
        if (choice.Kind == EngineKind.Exact)
        {
            return choice.Device == TrainingDevice.Cuda ? new ExactGpuEngineFactory() : new ExactEngineFactory(choice.Threads);
        }

        RequireLibTorch(context);
        return choice.Device == TrainingDevice.Cuda ? TorchDevices.Cuda() : TorchDevices.Cpu(choice.Threads);
    }

    /// <summary>Loads libtorch, from the folder that the environment names if it names one.</summary>
    /// <exception cref="LibTorchUnavailableException">libtorch does not load.</exception>
    public static void RequireLibTorch(CommandContext context)
    {
        LibTorchLoader.UseFolder(context.Variable(LibTorchVariable));
        LibTorchLoader.Require();
    }
}

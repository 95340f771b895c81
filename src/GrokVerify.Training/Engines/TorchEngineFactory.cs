using System.Reflection;
using TorchSharp;

namespace GrokVerify.Engines;

/// <summary>Makes float32 engines: <see cref="TorchEngine"/>s of one layer, <see cref="ReferenceEngine"/>s of several.</summary>
public sealed class TorchEngineFactory : ITrainingEngineFactory
{
    private readonly torch.Device _device;

    /// <param name="device">The CPU when not given.</param>
    /// <param name="threads">Threads of libtorch's products on the CPU; libtorch's own choice when not given. The number is the process's.</param>
    public TorchEngineFactory(DeviceType device = DeviceType.CPU, int? threads = null)
    {
        if (threads is int count)
        {
            torch.set_num_threads(count);
        }

        _device = new torch.Device(device);
        EngineName = $"torch-{device.ToString().ToLowerInvariant()}-float32";
        LibraryVersions = new Dictionary<string, string>
        {
            ["TorchSharp"] = typeof(torch).Assembly.GetName().Version!.ToString(3),
            ["libtorch"] = torch.__version__,
            ["torch threads"] = torch.get_num_threads().ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    public string EngineName { get; }

    public IReadOnlyList<Assembly> TrainingAssemblies { get; } = [typeof(TorchEngine).Assembly];

    public IReadOnlyDictionary<string, string> LibraryVersions { get; }

    public ITrainingEngine Create(TrainingConfig config, TrainingState start) => config.Model.Layers == 1
        ? new TorchEngine(config, start, torch.ScalarType.Float32, _device)
        : new ReferenceEngine(config, start, torch.ScalarType.Float32, _device);
}

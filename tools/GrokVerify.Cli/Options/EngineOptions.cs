using System.CommandLine;

namespace GrokVerify.Cli.Options;

/// <summary>What trains.</summary>
internal enum EngineKind
{
    Torch,
}

/// <summary>Where it trains.</summary>
internal enum TrainingDevice
{
    Cpu,
    Cuda,
}

/// <summary>The engine that was asked for, and where it is to run.</summary>
internal sealed record EngineChoice(EngineKind Kind, TrainingDevice Device, int Threads);

/// <summary>The options that decide what trains, and where.</summary>
internal sealed class EngineOptions
{
    private static readonly Dictionary<string, EngineKind> EngineWords = new() { ["torch"] = EngineKind.Torch };

    private static readonly Dictionary<string, TrainingDevice> DeviceWords = new()
    {
        ["cpu"] = TrainingDevice.Cpu,
        ["cuda"] = TrainingDevice.Cuda,
    };

    private readonly Option<EngineKind> _engine = OptionFactory.Choice("--engine", "What trains", "torch", EngineWords);
    private readonly Option<TrainingDevice> _device = OptionFactory.Choice("--device", "Where it trains", "cpu", DeviceWords);
    private readonly ThreadsOption _threads;

    public EngineOptions(Command command)
    {
        command.Options.Add(_engine);
        command.Options.Add(_device);
        _threads = new ThreadsOption(command);
    }

    /// <exception cref="UsageException">The choices do not go together.</exception>
    public EngineChoice Choice(ParseResult parsed) => new(parsed.GetValue(_engine), parsed.GetValue(_device), _threads.Value(parsed));
}

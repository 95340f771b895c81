using System.CommandLine;
using GrokVerify.Model;

namespace GrokVerify.Cli.Options;

/// <summary>What trains.</summary>
internal enum EngineKind
{
    /// <summary>The same bits on every machine, CPU or CUDA.</summary>
    Exact,

    /// <summary>TorchSharp, CPU or CUDA.</summary>
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
    private readonly ChoiceOption<EngineKind> _engine = new("--engine", "What trains: exact ends in the same bits on every machine; several layers need torch, and get it", new()
    {
        ["exact"] = EngineKind.Exact,
        ["torch"] = EngineKind.Torch,
    });

    private readonly ChoiceOption<TrainingDevice> _device = new("--device", "Where it trains; the exact engine ends in the same bits on both", new()
    {
        ["cpu"] = TrainingDevice.Cpu,
        ["cuda"] = TrainingDevice.Cuda,
    });

    private readonly ThreadsOption _threads;

    public EngineOptions(Command command)
    {
        command.Options.Add(_engine.Option);
        command.Options.Add(_device.Option);
        _threads = new ThreadsOption(command);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="network">What is trained: several layers are trained by torch, unless another engine is asked for.</param>
    /// <exception cref="UsageException">The choices do not go together.</exception>
    public EngineChoice Choice(ParseResult parsed, TransformerConfig network)
    {
        bool isDeep = network.Layers > 1;
        var choice = new EngineChoice(isDeep && !_engine.IsGiven(parsed) ? EngineKind.Torch : _engine.Value(parsed), _device.Value(parsed), _threads.Value(parsed));
        if (isDeep && choice.Kind == EngineKind.Exact)
        {
            throw new UsageException($"--engine exact: trains networks of one layer, not of {network.Layers}; give --engine torch");
        }

        return choice;
    }
}

using System.Reflection;

namespace GrokVerify.Engines;

/// <summary>Makes engines of one kind, and says what their results depend on besides the configuration.</summary>
public interface ITrainingEngineFactory
{
    /// <summary>The name of the engines made, e.g. "torch-cpu-float32".</summary>
    string EngineName { get; }

    /// <summary>The assemblies whose code decides the weights; a change of one of them makes another run.</summary>
    IReadOnlyList<Assembly> TrainingAssemblies { get; }

    /// <summary>Versions of the libraries that decide the weights, by name; empty for an engine without libraries.</summary>
    IReadOnlyDictionary<string, string> LibraryVersions { get; }

    /// <summary>An engine that goes on from <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentException">The state cannot be resumed from, or its shape is not the configuration's.</exception>
    ITrainingEngine Create(TrainingConfig config, TrainingState start);
}

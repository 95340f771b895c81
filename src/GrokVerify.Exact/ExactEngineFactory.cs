using System.Reflection;
using GrokVerify.Engines;

namespace GrokVerify.Exact;

/// <summary>Makes engines that train on the CPU and end in the same bits on every machine: with any number of threads, any vector width, interrupted or not.</summary>
public sealed class ExactEngineFactory : ITrainingEngineFactory
{
    internal const string NameOfEngine = "exact";
    private readonly ExactEngineOptions _options;

    /// <param name="threads">Threads of each engine; as many as the machine has processors when not given. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">The number is out of range.</exception>
    public ExactEngineFactory(int? threads = null)
    {
        _options = new ExactEngineOptions { Threads = threads };
        _options.Validate();
    }

    /// <inheritdoc/>
    public string EngineName => NameOfEngine;

    /// <inheritdoc/>
    public IReadOnlyList<Assembly> TrainingAssemblies { get; } = [typeof(TrainingConfig).Assembly, typeof(ExactEngine).Assembly];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> LibraryVersions { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public ITrainingEngine Create(TrainingConfig config, TrainingState start) => new ExactEngine(config, start, _options);
}

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>
/// Everything that decides the content of a run folder up to a given epoch: the configuration, the engine, the code and libraries
/// that train, and how densely the run is logged and kept.
/// </summary>
/// <remarks>
/// The stopping rule (<see cref="TrainingSchedule.Epochs"/>, <see cref="TrainingSchedule.UntilGrokked"/>) is not part of it: a run
/// that is asked to go further is continued, not trained again. Log-every and checkpoint-every are: another grid means other rows
/// and other files, so it makes another folder.
/// </remarks>
public sealed record RunIdentity
{
    private const int KeyDigitsInName = 16;

    public required TrainingConfig Config { get; init; }

    /// <summary>The imported network that the run starts from; null for a run from initial weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunStart? Start { get; init; }

    /// <summary>The engine's name, e.g. "torch-cpu-float32".</summary>
    public required string Engine { get; init; }

    /// <summary>Epochs between two logged rows.</summary>
    public required int LogEvery { get; init; }

    /// <summary>Epochs between two checkpoints.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>
    /// Module version ids of the assemblies that train, by assembly name. Builds are deterministic: unchanged code keeps its id.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Assemblies { get; init; }

    /// <summary>Versions of the libraries that decide the weights, by name.</summary>
    public required IReadOnlyDictionary<string, string> Libraries { get; init; }

    /// <summary>SHA-256 of the canonical JSON of this identity, 64 lower-case hexadecimal digits.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RunJson.Canonical(this))));

    /// <summary>A readable folder name that ends in 16 digits of the key, e.g. "p113-f0.3-wd1-seed0-torch-cpu-float32-0123456789abcdef".</summary>
    public string FolderName
    {
        get
        {
            string name = FormattableString.Invariant(
                $"p{Config.Model.Prime}{(Config.Model.Layers > 1 ? $"-layers{Config.Model.Layers}" : "")}{(Config.Model.AttentionOnly ? "-attention-only" : "")}-f{Config.TrainFraction:R}-wd{Config.WeightDecay:R}-seed{Config.Seed}{(Start is null ? "" : $"-from{Start.Epoch}")}-{Engine}-{Key[..KeyDigitsInName]}");
            return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c : '_'));
        }
    }

    /// <param name="config">What to train.</param>
    /// <param name="schedule">How densely it is logged and kept.</param>
    /// <param name="factory">What trains it.</param>
    /// <param name="start">The imported network to start from; null for initial weights.</param>
    public static RunIdentity Of(TrainingConfig config, TrainingSchedule schedule, ITrainingEngineFactory factory, TrainingState? start = null) => new()
    {
        Config = config,
        Start = start is null ? null : RunStart.Of(start),
        Engine = factory.EngineName,
        LogEvery = schedule.LogEvery,
        CheckpointEvery = schedule.CheckpointEvery,
        Assemblies = Sorted(factory.TrainingAssemblies.Distinct().Select(assembly => KeyValuePair.Create(NameOf(assembly), IdOf(assembly)))),
        Libraries = Sorted(factory.LibraryVersions),
    };

    /// <summary>Names the first value in which two identities differ, e.g. "config.weight_decay is 1 there, 0.3 here"; null when they are equal.</summary>
    public string? DifferenceFrom(RunIdentity there)
    {
        SortedDictionary<string, string> ours = Leaves(RunJson.ToNode(this));
        SortedDictionary<string, string> theirs = Leaves(RunJson.ToNode(there));
        foreach (string path in ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal))
        {
            string mine = ours.GetValueOrDefault(path, "absent");
            string other = theirs.GetValueOrDefault(path, "absent");
            if (mine != other)
            {
                return $"{path} is {other} there, {mine} here";
            }
        }

        return null;
    }

    private static string NameOf(Assembly assembly) => assembly.GetName().Name ?? assembly.FullName ?? "";

    private static string IdOf(Assembly assembly) => assembly.ManifestModule.ModuleVersionId.ToString("D");

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);

    private static SortedDictionary<string, string> Leaves(JsonNode root)
    {
        var leaves = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Visit(string path, JsonNode? node)
        {
            if (node is JsonObject inner)
            {
                foreach ((string name, JsonNode? value) in inner)
                {
                    Visit(path.Length == 0 ? name : $"{path}.{name}", value);
                }
            }
            else
            {
                leaves[path] = node?.ToJsonString() ?? "null";
            }
        }

        Visit("", root);
        return leaves;
    }
}

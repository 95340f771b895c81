using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GrokVerify.Model;
using GrokVerify.Training;

namespace GrokVerify.Runs;

/// <summary>
/// The weights of one epoch in a safetensors file: the tensors of <see cref="ParameterLayout"/> under their own names and shapes,
/// float32. The newest checkpoints of a run hold AdamW's moments too, as "adam.m.W_E" and "adam.v.W_E" and so on.
/// </summary>
/// <remarks>
/// The file's metadata: "grokverify_format" (1), "epoch", "config" (the <see cref="TrainingConfig"/> as JSON) and "sha256", the
/// SHA-256 of the data section followed by the epoch and config texts (UTF-8), in lower-case hexadecimal digits.
/// </remarks>
public sealed class Checkpoint
{
    private const string FormatKey = "grokverify_format";
    private const string EpochKey = "epoch";
    private const string ConfigKey = "config";
    private const string HashKey = "sha256";
    private const string Format = "1";
    private const string FirstMomentPrefix = "adam.m.";
    private const string SecondMomentPrefix = "adam.v.";
    private const string Remedy = "restore it from a copy, or delete it";

    private Checkpoint(TransformerWeights weights, TrainingConfig? config, TrainingState? state)
    {
        Weights = weights;
        Config = config;
        State = state;
    }

    public TransformerWeights Weights { get; }

    /// <summary>What the network was trained with; null in a file of other origin, where train fraction and seed are unknown.</summary>
    public TrainingConfig? Config { get; }

    /// <summary>The point of the run; null in a file of other origin, where the epoch is unknown.</summary>
    public TrainingState? State { get; }

    /// <summary>Writes a checkpoint, atomically; with optimiser state if <paramref name="state"/> has it.</summary>
    /// <exception cref="ArgumentException">The weights do not have the configuration's shape.</exception>
    /// <exception cref="RunStorageException">The file could not be written.</exception>
    public static void Write(string path, TrainingState state, TrainingConfig config)
    {
        if (state.Weights.Config != config.Model)
        {
            throw new ArgumentException("the weights do not have the configuration's shape", nameof(state));
        }

        var tensors = new List<NamedTensor>();
        void Add(string prefix, float[] values) => tensors.AddRange(state.Weights.Layout.Tensors.Select(
            tensor => new NamedTensor(prefix + tensor.Name, tensor.Shape, values.AsMemory(tensor.Offset, tensor.Count))));
        Add("", state.Weights.Values);
        if (state.CanResume)
        {
            Add(FirstMomentPrefix, state.FirstMoment!);
            Add(SecondMomentPrefix, state.SecondMoment!);
        }

        string epoch = state.Epoch.ToString(CultureInfo.InvariantCulture);
        string configJson = RunJson.Canonical(config);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedTensor tensor in tensors)
        {
            hash.AppendData(SafetensorsWriter.LittleEndian(tensor.Values.Span));
        }

        SafetensorsWriter.Write(
            path,
            tensors,
            [new(FormatKey, Format), new(EpochKey, epoch), new(ConfigKey, configJson), new(HashKey, Finish(hash, epoch, configJson))]);
    }

    /// <summary>
    /// Reads a checkpoint written here (everything in it is verified), or any safetensors file that holds the eleven tensors;
    /// the shape of the network then follows from theirs, and tensors of other names are passed over.
    /// </summary>
    /// <exception cref="CheckpointException">The file is absent, damaged, or does not hold this network.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (!file.Metadata.ContainsKey(FormatKey))
        {
            return new Checkpoint(ReadWeights(file, InferShape(file)), null, null);
        }

        (long epoch, TrainingConfig config) = ReadMetadata(file);
        TransformerWeights weights = ReadWeights(file, config.Model);
        int tensorCount = weights.Layout.Tensors.Count;
        bool hasMoments = file.Tensors.Count == 3 * tensorCount;
        if (!hasMoments && file.Tensors.Count != tensorCount)
        {
            throw new CheckpointException(path, $"holds {file.Tensors.Count} tensors, not {tensorCount} or {3 * tensorCount}", Remedy);
        }

        var state = new TrainingState(
            epoch,
            weights,
            hasMoments ? ReadBuffer(file, weights.Layout, FirstMomentPrefix) : null,
            hasMoments ? ReadBuffer(file, weights.Layout, SecondMomentPrefix) : null);
        return new Checkpoint(weights, config, state);
    }

    /// <summary>True when the header of a checkpoint names optimiser state; nothing else of the file is verified.</summary>
    /// <exception cref="CheckpointException">The file is not a safetensors file.</exception>
    internal static bool HasOptimizerState(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Tensors.Keys.Any(name => name.StartsWith(FirstMomentPrefix, StringComparison.Ordinal));
    }

    private static (long Epoch, TrainingConfig Config) ReadMetadata(SafetensorsFile file)
    {
        if (file.Metadata[FormatKey] != Format)
        {
            throw new CheckpointException(file.Path, $"has format {file.Metadata[FormatKey]}, this version reads {Format}", "use the version that wrote it");
        }

        if (!file.Metadata.TryGetValue(EpochKey, out string? epochText)
            || !file.Metadata.TryGetValue(ConfigKey, out string? configText)
            || !file.Metadata.TryGetValue(HashKey, out string? expectedHash))
        {
            throw new CheckpointException(file.Path, $"lacks \"{EpochKey}\", \"{ConfigKey}\" or \"{HashKey}\" in its metadata", Remedy);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.AppendDataTo(hash);
        if (Finish(hash, epochText, configText) != expectedHash)
        {
            throw new CheckpointException(file.Path, "is damaged: its content does not have the SHA-256 that its metadata states", Remedy);
        }

        try
        {
            TrainingConfig config = RunJson.Parse<TrainingConfig>(configText);
            config.Validate();
            return (long.Parse(epochText, NumberStyles.None, CultureInfo.InvariantCulture), config);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or OverflowException)
        {
            throw new CheckpointException(file.Path, "has metadata that cannot be understood: " + exception.Message.TrimEnd('.'), Remedy, exception);
        }
    }

    private static string Finish(IncrementalHash hash, string epoch, string config)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(epoch));
        hash.AppendData(Encoding.UTF8.GetBytes(config));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static TransformerConfig InferShape(SafetensorsFile file)
    {
        long Extent(string name, int rank, int dimension)
        {
            if (!file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor) || tensor.Shape.Count != rank)
            {
                throw new CheckpointException(
                    file.Path, $"has no tensor \"{name}\" with {rank} dimensions", $"name the tensors {string.Join(", ", Names)}");
            }

            return Math.Min(tensor.Shape[dimension], int.MaxValue);
        }

        var config = new TransformerConfig
        {
            Prime = (int)Extent("W_E", 2, 0) - 1,
            DModel = (int)Extent("W_E", 2, 1),
            Heads = (int)Extent("W_Q", 3, 0),
            DMlp = (int)Extent("W_in", 2, 1),
        };
        try
        {
            config.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(
                file.Path, $"its shapes are not those of a network for modular addition ({exception.Message})", "store matrices as [input, output], heads first", exception);
        }

        return config;
    }

    private static IEnumerable<string> Names => new ParameterLayout(new TransformerConfig()).Tensors.Select(tensor => tensor.Name);

    private static TransformerWeights ReadWeights(SafetensorsFile file, TransformerConfig shape) =>
        new(shape, ReadBuffer(file, new ParameterLayout(shape), ""));

    private static float[] ReadBuffer(SafetensorsFile file, ParameterLayout layout, string prefix)
    {
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            string name = prefix + tensor.Name;
            long[]? found = file.Tensors.TryGetValue(name, out SafetensorsTensor? stored) ? [.. stored.Shape] : null;
            if (found is null || !found.SequenceEqual(tensor.Shape.Select(extent => (long)extent)))
            {
                string problem = found is null ? "is missing" : $"has the shape [{string.Join(", ", found)}]";
                throw new CheckpointException(
                    file.Path, $"tensor \"{name}\" {problem}, but [{string.Join(", ", tensor.Shape)}] is needed", "store matrices as [input, output], heads first");
            }
        }

        float[] buffer = new float[layout.Count];
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            file.ReadSingles(prefix + tensor.Name).CopyTo(buffer, tensor.Offset);
        }

        return buffer;
    }
}

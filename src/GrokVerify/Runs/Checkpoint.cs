using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Model;

namespace GrokVerify.Runs;

/// <summary>
/// The weights of one epoch in a safetensors file: the tensors of <see cref="ParameterLayout"/> under their own names and shapes,
/// float32. The newest checkpoints of a run hold AdamW's moments too, as "adam.m.W_E" and "adam.v.W_E" and so on, Grokfast's mean gradient as "grokfast.mu.W_E",
/// and a teacher's weights as "teacher.W_E".
/// </summary>
/// <remarks>
/// The file's metadata: "grokverify_format" (1), "epoch", "config" (the <see cref="TrainingConfig"/> as JSON) and "sha256", the
/// SHA-256 of the data section followed by the epoch and config texts (UTF-8), in lower-case hexadecimal digits.
/// </remarks>
internal sealed class Checkpoint
{
    private const string FormatKey = "grokverify_format";
    private const string EpochKey = "epoch";
    private const string ConfigKey = "config";
    private const string HashKey = "sha256";
    private const string Format = "1";
    internal const string FirstMomentPrefix = "adam.m.";
    internal const string SecondMomentPrefix = "adam.v.";
    private const string GradientMeanPrefix = "grokfast.mu.";
    private const string TeacherPrefix = "teacher.";
    private const string Remedy = "restore it from a copy, or delete it";

    /// <summary>Of weights, moments and mean, in the order in which they are written.</summary>
    private static readonly string[] Prefixes = ["", FirstMomentPrefix, SecondMomentPrefix, GradientMeanPrefix];

    private Checkpoint(TrainingConfig config, TrainingState state)
    {
        Config = config;
        State = state;
    }

    public TransformerWeights Weights => State.Weights;

    /// <summary>What the network was trained with.</summary>
    public TrainingConfig Config { get; }

    /// <summary>The point of the run.</summary>
    public TrainingState State { get; }

    /// <summary>Writes a checkpoint, atomically; with optimiser state if <paramref name="state"/> has it.</summary>
    /// <exception cref="ArgumentException">The weights do not have the configuration's shape, or have optional biases.</exception>
    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(string path, TrainingState state, TrainingConfig config)
    {
        if (state.Weights.Config != config.Model)
        {
            throw new ArgumentException("the weights do not have the configuration's shape", nameof(state));
        }

        if (state.Weights.OptionalBiases is not null)
        {
            throw new ArgumentException("a checkpoint has no place for optional biases", nameof(state));
        }

        var tensors = new List<NamedTensor>();
        void AddAll(string prefix, ParameterLayout layout, float[] values) => tensors.AddRange(layout.Tensors.Select(
            tensor => new NamedTensor(prefix + tensor.Name, tensor.Shape, values.AsMemory(tensor.Offset, tensor.Count))));
        void Add(string prefix, float[] values) => AddAll(prefix, state.Weights.Layout, values);
        Add("", state.Weights.Values);
        if (state.CanResume)
        {
            Add(FirstMomentPrefix, state.FirstMoment!);
            Add(SecondMomentPrefix, state.SecondMoment!);
            if (state.GradientMean is not null)
            {
                Add(GradientMeanPrefix, state.GradientMean);
            }

            if (state.Teacher is not null)
            {
                AddAll(TeacherPrefix, state.Teacher.Layout, state.Teacher.Values);
            }
        }

        string epoch = state.Epoch.ToString(CultureInfo.InvariantCulture);
        string configJson = RunJson.Canonical(config);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedTensor tensor in tensors)
        {
            hash.AppendData(TensorBytes.LittleEndian(tensor.Values.Span));
        }

        SafetensorsWriter.Write(
            path,
            tensors,
            [new(FormatKey, Format), new(EpochKey, epoch), new(ConfigKey, configJson), new(HashKey, Finish(hash, epoch, configJson))]);
    }

    /// <summary>Reads a checkpoint written here; everything in it is verified.</summary>
    /// <exception cref="CheckpointException">The file is absent, damaged, or no checkpoint.</exception>
    public static Checkpoint Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return IsOne(file) ? Read(file) : throw new CheckpointException(path, "is not a checkpoint that was written here", Remedy);
    }

    /// <summary>True for a file that says it is a checkpoint.</summary>
    internal static bool IsOne(SafetensorsFile file) => file.Metadata.ContainsKey(FormatKey);

    /// <param name="file">A file for which <see cref="IsOne"/>.</param>
    internal static Checkpoint Read(SafetensorsFile file)
    {
        (long epoch, TrainingConfig config) = ReadMetadata(file);
        TransformerWeights weights = ReadWeights(file, config.Model);
        int tensorCount = weights.Layout.Tensors.Count;
        ParameterLayout? ofTeacher = config.Teacher is not null && file.Tensors.Keys.Any(name => name.StartsWith(TeacherPrefix, StringComparison.Ordinal)) ? new(config.Teacher.Model) : null;
        int count = file.Tensors.Count - (ofTeacher?.Tensors.Count ?? 0);
        int parts = count / tensorCount;
        if (parts is not (1 or 3 or 4) || count != parts * tensorCount)
        {
            throw new CheckpointException(file.Path, $"holds {count} tensors, not {tensorCount}, {3 * tensorCount} or {4 * tensorCount}", Remedy);
        }

        RequireOrder(file, [
            .. Prefixes[..parts].SelectMany(prefix => weights.Layout.Tensors.Select(tensor => prefix + tensor.Name)),
            .. ofTeacher?.Tensors.Select(tensor => TeacherPrefix + tensor.Name) ?? [],
        ]);
        float[]? Part(int part) => part < parts ? ReadBuffer(file, weights.Layout, Prefixes[part]) : null;
        TransformerWeights? teacher = ofTeacher is null ? null : new(config.Teacher!.Model, ReadBuffer(file, ofTeacher, TeacherPrefix));
        return new Checkpoint(config, new TrainingState(epoch, weights, Part(1), Part(2), Part(3), teacher));
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

    /// <summary>The hash is of the numbers: two tensors of one shape that had their names exchanged would pass. They lie in one order, and so their names tell.</summary>
    private static void RequireOrder(SafetensorsFile file, IReadOnlyList<string> expected)
    {
        foreach ((SafetensorsTensor found, string name) in file.Tensors.Values.OrderBy(tensor => tensor.Begin).Zip(expected))
        {
            if (found.Name != name || found.Type != ElementType.Float32)
            {
                throw new CheckpointException(file.Path, $"is damaged: where {name} was written it has {found.Name}{(found.Type == ElementType.Float32 ? "" : $" of type {found.Type}")}", Remedy);
            }
        }
    }

    private static string Finish(IncrementalHash hash, string epoch, string config)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(epoch));
        hash.AppendData(Encoding.UTF8.GetBytes(config));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

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

using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Networks;

/// <summary>
/// The tensors of a safetensors file that is no checkpoint of ours, and what its metadata say: texts under the same keys as in PyTorch files.
/// Moments are found under the names that checkpoints have them, which stay when another program saves a checkpoint again.
/// </summary>
internal static class MetadataFacts
{
    /// <summary>The tensors of the network itself, without the prefix that stands before its embedding's name.</summary>
    public static StoredTensors Tensors(SafetensorsFile file)
    {
        SafetensorsTensor[] own = [.. file.Tensors.Values
            .Where(tensor => !tensor.Name.StartsWith(Checkpoint.FirstMomentPrefix, StringComparison.Ordinal) && !tensor.Name.StartsWith(Checkpoint.SecondMomentPrefix, StringComparison.Ordinal))
            .OrderBy(tensor => tensor.Begin)];
        string prefix = own.Select(tensor => EmbeddingName.Prefix(tensor.Name)).OfType<string>().FirstOrDefault() ?? "";
        return StoredTensors.OfPrefix(file.Path, prefix, [.. own.Select(tensor => new StoredTensor(tensor.Name, tensor.Shape, () => file.ReadSingles(tensor.Name)))]);
    }

    /// <summary>The optimiser's moments, as far as they are there.</summary>
    public static StoredMoments Moments(SafetensorsFile file, LayoutReader layout) =>
        file.Tensors.Keys.Any(name => name.StartsWith(Checkpoint.FirstMomentPrefix, StringComparison.Ordinal) || name.StartsWith(Checkpoint.SecondMomentPrefix, StringComparison.Ordinal))
            ? StoredMoments.Read(layout, (Checkpoint.FirstMomentPrefix.TrimEnd('.'), Checkpoint.SecondMomentPrefix.TrimEnd('.')), (tensor, key) =>
                file.Tensors.TryGetValue($"{key}.{tensor.Name}", out SafetensorsTensor? found) ? new StoredTensor(found.Name, found.Shape, () => file.ReadSingles(found.Name)) : null)
            : new StoredMoments(null, "the file holds the weights alone");

    /// <param name="file">The file.</param>
    /// <param name="config">What stands beside the network.</param>
    /// <param name="layout">The network in it.</param>
    /// <exception cref="CheckpointException">The metadata name something that is not supported, or contradict the shapes.</exception>
    public static NetworkFacts Read(SafetensorsFile file, FileConfig config, LayoutReader layout)
    {
        ConfigCheck.Require(file.Path, config, layout.Shapes);
        return ConfigFacts.Of(config) with { Config = file.Metadata.TryGetValue(ConfigFacts.OwnConfigKey, out string? json) ? OwnConfig.Parse(file.Path, json) : null };
    }
}

using GrokVerify.Formats;

namespace GrokVerify.Networks;

/// <summary>A tensor of a file, of whatever format, not read yet.</summary>
/// <param name="Name">As in the file, without the prefix that all names share.</param>
/// <param name="Shape">Row-major; empty for a single number.</param>
/// <param name="Read">Reads the elements, row-major, rounded to float32.</param>
internal sealed record StoredTensor(string Name, IReadOnlyList<long> Shape, Func<float[]> Read)
{
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>The tensors of one network in a file, in the file's order.</summary>
internal sealed class StoredTensors
{
    private const int LongestName = 200;
    private readonly Dictionary<string, StoredTensor> _byName;

    /// <exception cref="CheckpointException">A name is too long to be one.</exception>
    public StoredTensors(string path, IReadOnlyList<StoredTensor> all)
    {
        Path = path;
        All = all.FirstOrDefault(tensor => tensor.Name.Length > LongestName) is StoredTensor odd
            ? throw new CheckpointException(path, $"has a tensor with a name of {odd.Name.Length} characters", "give a network in one of the supported layouts")
            : all;
        _byName = all.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>Tensors whose names begin with a prefix or not, the network's own without it.</summary>
    /// <exception cref="CheckpointException">Two names differ in the prefix alone, or one is too long.</exception>
    public static StoredTensors WithoutPrefix(string path, string prefix, IEnumerable<StoredTensor> tensors)
    {
        StoredTensor[] all = [.. tensors.Select(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal) ? tensor with { Name = tensor.Name[prefix.Length..] } : tensor)];
        return all.DistinctBy(tensor => tensor.Name).Count() == all.Length
            ? new StoredTensors(path, all)
            : throw new CheckpointException(path, $"holds two tensors whose names differ in the prefix \"{prefix}\" alone", "save one network's state dict");
    }

    public string Path { get; }

    public IReadOnlyList<StoredTensor> All { get; }

    /// <summary>Null where the file has none of that name.</summary>
    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(name);
}

using GrokVerify.Runs;

namespace GrokVerify.Interchange;

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

    public string Path { get; }

    public IReadOnlyList<StoredTensor> All { get; }

    /// <summary>Null where the file has none of that name.</summary>
    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(name);
}

using GrokVerify.Formats;

namespace GrokVerify.Networks;

/// <summary>A tensor of a file, of whatever format, not read yet.</summary>
/// <param name="Name">As in the file, without the prefix that all names share.</param>
/// <param name="Shape">Row-major; empty for a single number.</param>
/// <param name="Read">Reads the elements, row-major, rounded to float32.</param>
internal sealed record StoredTensor(string Name, IReadOnlyList<long> Shape, Func<float[]> Read)
{
    /// <summary>As the file itself has it, where it was brought into a layout; what belongs to the tensor, such as an optimiser's moments, has this shape.</summary>
    public IReadOnlyList<long> FileShape { get; init; } = Shape;

    /// <summary>Brings values in the shape that the file has into this one.</summary>
    public Func<float[], float[]> Arrange { get; init; } = values => values;

    public bool IsEmpty => Shape.Contains(0);

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

    /// <summary>The tensors whose names begin with a prefix, without it; those of other names belong to something else.</summary>
    /// <exception cref="CheckpointException">A name is too long.</exception>
    public static StoredTensors OfPrefix(string path, string prefix, IReadOnlyList<StoredTensor> tensors) => new(
        path,
        [.. tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })])
    {
        Whole = tensors,
        Notes = Note([.. tensors.Where(tensor => !tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor.Name)], $"passed over, because the network's own names begin with {prefix}"),
    };

    /// <summary>The same without some tensors.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="why">Why, for the reader.</param>
    public StoredTensors Without(string[] names, string why) => names.Length == 0 ? this : new StoredTensors(Path, [.. All.Where(tensor => !names.Contains(tensor.Name))]) { Notes = [.. Notes, .. Note(names, why)] };

    public string Path { get; }

    /// <summary>All tensors beside them too, by their whole names; null where these are all.</summary>
    public IReadOnlyList<StoredTensor>? Whole { get; private init; }

    /// <summary>What was passed over.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<StoredTensor> All { get; }

    /// <summary>Null where the file has none of that name.</summary>
    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(name);

    private static string[] Note(string[] names, string why)
    {
        const int most = 3;
        return names.Length == 0 ? [] : [$"{string.Join(", ", names.Take(most))}{(names.Length > most ? $" and {names.Length - most} more" : "")}: {why}"];
    }
}

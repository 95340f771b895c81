namespace GrokVerify.Networks;

/// <summary>A tensor whose part in the network is to be found.</summary>
/// <param name="Stored">As the file has it.</param>
/// <param name="Shape">Its shape without leading axes of length 1.</param>
/// <param name="IsTransposed">Whether the user says that it is the other way round.</param>
internal sealed record RoleTensor(StoredTensor Stored, IReadOnlyList<long> Shape, bool IsTransposed)
{
    public string Name => Stored.Name;

    /// <summary>As --map has it.</summary>
    public string Text => IsTransposed ? Name + TensorMap.Transposed : Name;

    public static RoleTensor Of(StoredTensor tensor) => new(tensor, [.. tensor.Shape.SkipWhile(extent => extent == 1)], IsTransposed: false);

    /// <summary>The other axis of a matrix of which one has d_model; null for any other tensor, and for a square one.</summary>
    public long? Other(int width) => Shape is [long first, long second] && first != second ? first == width ? second : second == width ? first : null : null;

    /// <summary>As <see cref="Other"/>, and d_model for a square matrix.</summary>
    public long? Columns(int width) => IsSquare(width) ? width : Other(width);

    public bool IsCopyOf(RoleTensor other) => Stored.Shape.SequenceEqual(other.Stored.Shape) && Stored.Read().AsSpan().SequenceEqual(other.Stored.Read());

    public bool IsSquare(int width) => Shape is [long first, long second] && first == width && second == width;

    /// <summary>Whether it has d_model, heads and d_head, in any order.</summary>
    public bool IsOfHeads(int width) => Shape is [long, long, long] && Shape.Contains(width) && Shape.Aggregate(1L, (product, extent) => product * extent) == (long)width * width;

    /// <summary>Whether nothing but the order of its axes, which its shape does not tell, can say what is read and what is written.</summary>
    public bool IsAmbiguous => !IsTransposed && !RoleNames.IsOfModule(Name) && Shape.Count(extent => extent == Shape.Max()) > 1;
}

namespace GrokVerify.Networks;

/// <summary>
/// Finds out what each tensor of a network of unknown names is for: by what the user says, by what people call it, and by its shape, each only where it leaves one choice.
/// </summary>
internal sealed class RoleAssignment
{
    private static readonly string[] Needed = ["W_E", "W_pos", "W_Q", "W_K", "W_V", "W_O", "W_in", "W_out", "W_U"];
    private static readonly string[] OfAttention = ["W_Q", "W_K", "W_V", "W_O"];

    private readonly Dictionary<string, RoleTensor> _byRole = [];
    private readonly List<RoleTensor> _open;
    private readonly TensorMap _map;

    /// <param name="tensors">All tensors of the network, by the names of its file.</param>
    /// <param name="map">What the user says.</param>
    public RoleAssignment(IEnumerable<StoredTensor> tensors, TensorMap map)
    {
        _map = map;
        _open = [.. tensors.Where(tensor => !tensor.IsEmpty).Select(RoleTensor.Of)];
        foreach ((string role, string name) in map.Names)
        {
            RoleTensor? tensor = _open.FirstOrDefault(tensor => tensor.Name == name) ?? Transposed(name);
            Assign(role, tensor);
            Absent ??= tensor is null ? (role, name) : null;
        }

        AssignPositions();
        if (Width is int width)
        {
            AssignTokens(width);
            AssignAttention(width);
            AssignMlp(width);
        }

        AssignBiases();
    }

    /// <summary>What the user says is for a role, and is not there, or for another one already; null where all is there.</summary>
    public (string Role, string Name)? Absent { get; }

    /// <summary>What has no shape for the role that the user gives it, or that is left beside what he gives; null where all fits.</summary>
    public (string Role, RoleTensor Tensor)? Misfit => _byRole.FirstOrDefault(entry => !Fits(entry.Key, entry.Value)) is { Key: string role, Value: RoleTensor tensor } ? (role, tensor) : null;

    /// <summary>d_model, that axis of the positions that more tensors have; null where no positions were found to tell it.</summary>
    public int? Width => this["W_pos"] is RoleTensor { Shape: [long first, long second] } ? (int)(Count(first) > Count(second) ? first : second) : null;

    /// <summary>What is for nothing, as far as is known.</summary>
    public IReadOnlyList<RoleTensor> Rest => _open;

    /// <summary>What no tensor was found for; empty where the network is whole.</summary>
    public IReadOnlyList<string> Missing => [.. Needed.Where(role => this[role] is null && !(this[RoleNames.Fused] is not null && role is "W_Q" or "W_K" or "W_V"))];

    /// <summary>Heads, where a tensor of three axes tells them.</summary>
    public int? Heads => Width is int width && OfAttention.Select(role => this[role]).FirstOrDefault(tensor => tensor?.IsOfHeads(width) == true) is RoleTensor found
        ? (int)(found.Shape[0] == width ? found.Shape[1] : found.Shape[0])
        : null;

    /// <summary>Whether the user left something to names and shapes.</summary>
    public bool IsGuessed => _byRole.Keys.Any(role => role.StartsWith('W') && !_map.Names.ContainsKey(role));

    /// <summary>The first matrix of which neither shape nor name nor the user says how its axes lie; null where there is none.</summary>
    public RoleTensor? Ambiguous => _byRole.FirstOrDefault(entry => entry.Key[0] == 'W' && entry.Value.IsAmbiguous && !_map.Names.ContainsKey(entry.Key)).Value;

    /// <summary>Null where there is none.</summary>
    public RoleTensor? this[string role] => _byRole.GetValueOrDefault(role);

    /// <summary>The value of --map that says all that was found, with a question mark for what was not.</summary>
    public string Proposal => string.Join(
        ',',
        [.. Needed.Concat([RoleNames.Fused]).Where(role => this[role] is not null || Missing.Contains(role)).Select(role => $"{role}={(this[role] is RoleTensor tensor ? tensor.Text : "?")}"),
            .. _map.Heads is int heads ? [$"heads={heads}"] : Array.Empty<string>()]);

    private int Count(long extent) => _open.Concat(_byRole.Values).Count(tensor => tensor.Shape.Contains(extent));

    private bool Fits(string role, RoleTensor tensor)
    {
        if (Width is not int width)
        {
            return role != "W_pos";
        }

        long? neurons = this["W_in"]?.Columns(width);
        long? classes = this["W_U"]?.Columns(width);
        return role switch
        {
            "W_pos" or "W_E" or "W_U" or "W_in" => tensor.Columns(width) is not null,
            "W_out" => tensor.Columns(width) == neurons,
            RoleNames.Fused => tensor.Other(width) == 3 * width,
            "b_in" => tensor.Shape is [long length] && length == neurons,
            "b_U" => tensor.Shape is [long length] && length == classes,
            "b_QKV" => tensor.Shape is [long length] && length == 3 * width,
            _ when role[0] == 'b' => tensor.Shape.Aggregate(1L, (product, extent) => product * extent) == width,
            _ => tensor.IsSquare(width) || tensor.IsOfHeads(width),
        };
    }

    private RoleTensor? Transposed(string name) => name.EndsWith(TensorMap.Transposed, StringComparison.Ordinal)
        && _open.FirstOrDefault(tensor => tensor.Name == name[..^TensorMap.Transposed.Length]) is RoleTensor found
            ? Replace(found, found with { IsTransposed = true })
            : null;

    private RoleTensor Replace(RoleTensor old, RoleTensor changed)
    {
        _open[_open.IndexOf(old)] = changed;
        return changed;
    }

    private void Assign(string role, RoleTensor? tensor)
    {
        if (tensor is not null && _byRole.TryAdd(role, tensor))
        {
            _open.Remove(tensor);
        }
    }

    /// <summary>The only one of those that can be it whose name says that it is.</summary>
    private static RoleTensor? Named(string role, IEnumerable<RoleTensor> candidates)
    {
        RoleTensor[] named = [.. candidates.Where(tensor => RoleNames.Fits(role, tensor.Name))];
        return Only(named) ?? (named.Length is > 1 and <= LayoutRecognition.MostCopies && named.Skip(1).All(named[0].IsCopyOf) ? named[0] : null);
    }

    private static RoleTensor? Only(IEnumerable<RoleTensor> candidates) => candidates.Take(2).ToArray() is [RoleTensor only] ? only : null;

    private void AssignPositions()
    {
        RoleTensor[] candidates = [.. _open.Where(tensor => tensor.Shape is [2 or 3, > 3] or [> 3, 2 or 3])];
        Assign("W_pos", Only(candidates) ?? Named("W_pos", candidates) ?? Named("W_pos", _open.Where(tensor => tensor.Shape.Count == 2)));
    }

    private void AssignTokens(int width)
    {
        RoleTensor[] flat = [.. _open.Where(tensor => tensor.Other(width) is not null)];
        RoleTensor? embedding = this["W_E"] ?? Named("W_E", flat) ?? (Named("W_U", flat.Where(IsOfPrime)) is RoleTensor last ? Only(flat.Where(tensor => tensor != last && IsOfPrime(tensor))) : null);
        Assign("W_E", embedding);
        if (embedding?.Other(width) is long tokens)
        {
            RoleTensor[] classes = [.. flat.Where(tensor => tensor != embedding && tensor.Other(width) is long count && Math.Abs(count - tokens) <= 1)];
            Assign("W_U", Only(classes) ?? Named("W_U", classes));
        }

        Assign("W_U", Named("W_U", flat.Where(_open.Contains)));

        // p + 1 or p of them.
        bool IsOfPrime(RoleTensor tensor) => tensor.Other(width) is long count and < 1000 && (LayoutShapes.IsPrime((int)count) || LayoutShapes.IsPrime((int)count - 1));
    }

    private void AssignAttention(int width)
    {
        RoleTensor[] OfHeads() => [.. _open.Where(tensor => tensor.IsSquare(width) || tensor.IsOfHeads(width))];
        Assign(RoleNames.Fused, Named(RoleNames.Fused, _open.Where(tensor => tensor.Other(width) == 3 * width)));
        foreach (string role in OfAttention)
        {
            Assign(role, Named(role, OfHeads()));
        }

        if (OfAttention.Count(role => this[role] is null && Missing.Contains(role)) == 1)
        {
            Assign(OfAttention.Single(role => this[role] is null && Missing.Contains(role)), Only(OfHeads()));
        }
    }

    private void AssignMlp(int width)
    {
        RoleTensor[] OfNeurons() => [.. _open.Where(tensor => tensor.Other(width) is not null)];
        if (OfNeurons() is [RoleTensor first, RoleTensor second] && first.Other(width) == second.Other(width)
            && RoleNames.IsOfModule(first.Name) && RoleNames.IsOfModule(second.Name) && first.Shape[0] != second.Shape[0])
        {
            Assign("W_in", first.Shape[1] == width ? first : second);
            Assign("W_out", first.Shape[1] == width ? second : first);
        }

        Assign("W_in", Named("W_in", OfNeurons()));
        Assign("W_out", Named("W_out", OfNeurons()));
        if (this["W_in"] is null != this["W_out"] is null)
        {
            Assign(this["W_in"] is null ? "W_in" : "W_out", Only(OfNeurons()));
        }
    }

    /// <summary>A bias is named after its matrix; that of the neurons may be known by its length alone.</summary>
    private void AssignBiases()
    {
        foreach ((string role, RoleTensor matrix) in _byRole.Where(entry => entry.Key.StartsWith('W')).ToArray())
        {
            string[] names = [.. RoleNames.BiasesOf(matrix.Name).Where(name => name != matrix.Name)];
            string bias = $"b{role[1..]}";
            Assign(bias, RoleNames.All.Contains(bias) ? _open.FirstOrDefault(tensor => names.Contains(tensor.Name) && Fits(bias, tensor)) : null);
        }

        if (this["b_in"] is null && Width is int width && this["W_in"]?.Other(width) is long neurons)
        {
            Assign("b_in", Only(_open.Where(tensor => tensor.Shape is [long length] && length == neurons && length != this["W_U"]?.Other(width))));
        }
    }
}

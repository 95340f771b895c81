using System.Globalization;

namespace GrokVerify.Networks;

/// <summary>Brings a network of unknown names, whose tensors' parts were found, into TransformerLens' layout.</summary>
internal sealed class RoleLayout
{
    private readonly StoredTensors _tensors;
    private readonly RoleAssignment _roles;
    private readonly Dictionary<char, int> _extents;

    private RoleLayout(StoredTensors tensors, RoleAssignment roles, int heads)
    {
        _tensors = tensors;
        _roles = roles;
        int width = roles.Width!.Value;
        _extents = new() { ['d'] = width, ['h'] = heads, ['k'] = width / heads, ['3'] = 3 };
        AddExtent('c', "W_pos");
        AddExtent('v', "W_E");
        AddExtent('m', "W_in");
        AddExtent('o', "W_U");
    }

    /// <param name="tensors">All tensors of the network, by the names of its file.</param>
    /// <param name="map">What the user says of them.</param>
    /// <param name="statedHeads">Heads by the network's configuration; null where it does not say.</param>
    /// <returns>The tensors by TransformerLens' names, and null; or why they cannot be told from each other, and what to do. A network of which parts are missing, and nothing is left that could be them, has neither.</returns>
    public static (StoredTensors? Tensors, string? Problem, string? Remedy) Of(StoredTensors tensors, TensorMap map, int? statedHeads)
    {
        var roles = new RoleAssignment(tensors.All, map);
        if (roles is { Missing.Count: > 0, Rest.Count: 0, Misfit: null, Absent: null })
        {
            return (null, null, null);
        }

        string proposal = $"--map {roles.Proposal}";
        if (roles.Absent is (string role, string absent))
        {
            return (null, $"has no tensor {absent} that could be {role}", $"give names that it has: {Names(tensors.All.Select(tensor => tensor.Name))}");
        }

        if (roles.Misfit is (string misfit, RoleTensor odd))
        {
            return (null, $"has a tensor {odd.Name} of shape {odd.Stored.ShapeText}, which cannot be {misfit}", $"correct {misfit} in --map");
        }

        if (roles.Missing.Count > 0)
        {
            return (null, $"does not say by names and shapes which tensor is {string.Join(", ", roles.Missing)}; left are {Names(roles.Rest.Select(tensor => tensor.Name))}", $"give {proposal} with names in place of ?");
        }

        if (roles.Ambiguous is RoleTensor square)
        {
            return (null, $"does not say which axis of {square.Name} {square.Stored.ShapeText} is read", $"give {proposal}, with .T after the name of each matrix that is [input, output]");
        }

        if ((map.Heads ?? roles.Heads ?? statedHeads) is not int heads)
        {
            return (null, "does not say how many heads its attention has", $"give {proposal},heads=4, or as many as it has");
        }

        if (roles.Width % heads != 0)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"has a width of {roles.Width}, which {heads} heads do not divide"), "correct heads in --map, or its configuration");
        }

        string[] rest = [.. roles.Rest.Where(tensor => !IsBesideTheNetwork(tensor, tensors)).Select(tensor => tensor.Name)];
        return rest.Length == 0
            ? (new RoleLayout(tensors, roles, heads).Arranged(), null, null)
            : (null, $"is not a supported network: it has {Names(rest)} besides", LayoutRecognition.Needed);
    }

    /// <summary>Copies, numbers of positions, single numbers, and a mask that shows the last token all that come before it or hides none from it.</summary>
    private static bool IsBesideTheNetwork(RoleTensor tensor, StoredTensors tensors) =>
        tensor.Shape.Count == 0
        || tensor.Name.EndsWith("position_ids", StringComparison.Ordinal)
        || (IsMask(tensor) && tensor.Stored.Read() is float[] mask && mask.AsSpan(mask.Length - (int)tensor.Shape[^1]).IndexOfAnyExcept(mask[^1]) < 0)
        || tensors.All.Take(LayoutRecognition.MostCopies).Any(other => other != tensor.Stored && tensor.IsCopyOf(RoleTensor.Of(other)));

    private static bool IsMask(RoleTensor tensor) => tensor.Shape is [2 or 3, 2 or 3] && tensor.Shape[0] == tensor.Shape[1];

    private static string Names(IEnumerable<string> names) => LayoutRecognition.Names(names);

    private StoredTensors Arranged()
    {
        IReadOnlyList<LayoutTensor> layout = LayoutTensor.Of(NetworkLayout.TransformerLens);
        var arranged = new List<StoredTensor>();
        foreach (StoredTensor stored in _tensors.All)
        {
            foreach (LayoutTensor target in layout)
            {
                if (Source(target.OurName) is (RoleTensor source, int part) && source.Stored == stored)
                {
                    float[] Arrange(float[] values) => Arranged(values, source, part, target);
                    arranged.Add(new StoredTensor(target.Name, [.. target.Axes.Shape(_extents).Select(extent => (long)extent)], () => Arrange(source.Stored.Read())) { FileShape = stored.Shape, Arrange = Arrange });
                }
            }
        }

        string[] unread = [.. _roles.Rest.Select(tensor => tensor.Name)];
        return new StoredTensors(_tensors.Path, arranged)
        {
            Notes =
            [
                .. _tensors.Notes,
                .. _roles.IsGuessed ? [string.Create(CultureInfo.InvariantCulture, $"is read by names and shapes as --map {_roles.Proposal}{(_roles.Proposal.Contains("heads=", StringComparison.Ordinal) ? "" : $",heads={_extents['h']}")}")] : Array.Empty<string>(),
                .. unread.Length == 0 ? [] : new[] { $"{string.Join(", ", unread)}: passed over, because no part of the network is in it" },
            ],
        };
    }

    private (RoleTensor Tensor, int Part)? Source(string ours)
    {
        string fused = $"{ours[0]}_QKV";
        return _roles[ours] is RoleTensor own ? (own, 0)
            : ours.Length == 3 && "QKV".IndexOf(ours[2], StringComparison.Ordinal) is int part and >= 0 && _roles[fused] is RoleTensor all ? (all, part)
            : null;
    }

    private float[] Arranged(float[] values, RoleTensor source, int part, LayoutTensor target)
    {
        float[] result = new float[target.Axes.Shape(_extents).Aggregate(1, (product, extent) => product * extent)];
        if (target.OurName[0] == 'b')
        {
            values.AsSpan(part * result.Length, result.Length).CopyTo(result);
            return result;
        }

        AxisOrder axes = Axes(source, target.OurName);
        if (axes.Letters.Contains('3', StringComparison.Ordinal))
        {
            // Query, key and value are one third each of the longer axis.
            float[] thirds = new float[values.Length];
            axes.CopyTo(values, new AxisOrder("3hkd"), thirds, _extents);
            (values, axes) = (thirds[(part * result.Length)..((part + 1) * result.Length)], new AxisOrder("hkd"));
        }

        axes.CopyTo(values, target.Axes, result, _extents);
        return result;
    }

    /// <summary>The axes of a matrix in the file, slowest first.</summary>
    private AxisOrder Axes(RoleTensor tensor, string ours)
    {
        int width = _extents['d'];
        bool isWidthLast = tensor.Shape[0] != tensor.Shape[^1] ? tensor.Shape[^1] == width : IsWidthLastByRole(ours) != tensor.IsTransposed;
        if (tensor.Shape.Count == 3)
        {
            // Heads come before d_head in every order that is in use.
            return new AxisOrder(tensor.Shape[0] == width ? "dhk" : tensor.Shape[1] == width ? "hdk" : "hkd");
        }

        string other = ours switch
        {
            "W_E" => "v",
            "W_pos" => "c",
            "W_U" => "o",
            "W_in" or "W_out" => "m",
            _ => tensor == _roles[RoleNames.Fused] ? "(3hk)" : "(hk)",
        };
        return new AxisOrder(isWidthLast ? $"{other}d" : $"d{other}");
    }

    /// <summary>[output, input], and an embedding [tokens, width]: what reads the residual stream has its width last.</summary>
    private static bool IsWidthLastByRole(string ours) => ours is not ("W_O" or "W_out");

    private void AddExtent(char axis, string role)
    {
        IReadOnlyList<long> shape = _roles[role]!.Shape;
        _extents[axis] = (int)(shape[0] == _extents['d'] ? shape[1] : shape[0]);
    }
}

namespace GrokVerify.Networks;

/// <summary>What a file has of an optimiser's moments.</summary>
/// <param name="Moments">Zero for parameters of which one is missing; null where there are none at all.</param>
/// <param name="Absence">What is missing, or why; null where nothing is.</param>
/// <param name="IsForeign">Whether they are those of an optimiser that does other steps than AdamW.</param>
internal sealed record StoredMoments(OptimizerMoments? Moments, string? Absence, bool IsForeign = false)
{
    private const int MostNames = 3;

    /// <summary>Brings moments into the layout of the weights, as far as they are there.</summary>
    /// <remarks>A parameter keeps both or none: the step is the quotient of the two, and one that begins anew beside one that goes on would make it any size.</remarks>
    /// <param name="layout">The network.</param>
    /// <param name="keys">What m and v are called.</param>
    /// <param name="find">What the file has for a parameter under a key.</param>
    public static StoredMoments Read(LayoutReader layout, (string First, string Second) keys, Func<LayoutTensor, string, StoredTensor?> find)
    {
        LayoutTensor[] parameters = [.. layout.Learned.Where(tensor => tensor.Role == TensorRole.Parameter)];
        var found = new Dictionary<string, (StoredTensor First, StoredTensor Second)>();
        var missing = new OrderedDictionary<string, List<string>>();
        foreach (LayoutTensor tensor in parameters)
        {
            IReadOnlyList<long> shape = layout.FileShape(tensor);
            (StoredTensor? first, StoredTensor? second) = (find(tensor, keys.First), find(tensor, keys.Second));
            string problem = string.Join(" and ", new[] { Problem(keys.First, first, shape), Problem(keys.Second, second, shape) }.OfType<string>());
            if (problem.Length == 0)
            {
                found.Add(tensor.Name, (first!, second!));
            }
            else if (!missing.TryAdd(problem, [tensor.Name]))
            {
                missing[problem].Add(tensor.Name);
            }
        }

        string? absence = missing.Count == 0 ? null : "the optimiser has " + string.Join(", and ", missing.Select(entry => $"{entry.Key} of {Names(entry.Value, parameters.Length)}"));
        float[] Buffer(bool isFirst) =>
            layout.ReadBuffer(tensor => found.TryGetValue(tensor.Name, out var pair) ? layout.Arrange(tensor, (isFirst ? pair.First : pair.Second).Read()) : new float[layout.Count(tensor)]);
        return new StoredMoments(found.Count == 0 ? null : new OptimizerMoments(Buffer(isFirst: true), Buffer(isFirst: false)), absence);
    }

    private static string? Problem(string key, StoredTensor? found, IReadOnlyList<long> shape) =>
        found is null ? $"no {key}"
        : !found.Shape.SequenceEqual(shape) ? $"an {key} of another shape"
        : null;

    private static string Names(List<string> names, int all) =>
        names.Count == all ? "any parameter"
        : names.Count > MostNames ? $"{string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more"
        : string.Join(", ", names);
}

using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Model;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Networks;

/// <summary>Small networks in the layout of the authors' code with an optimiser's state beside them: every element of a tensor's m is the tensor's place in the file, from 1, and of its v an eighth of that.</summary>
internal static class OptimizerFiles
{
    private static readonly TransformerWeights Weights = WeightInitializer.Initialize(new TransformerConfig { Prime = 13, DModel = 8, Heads = 2, DMlp = 16 }, 1);
    private static readonly List<NamedTensor> Tensors = LayoutTensors.Of(Weights, NetworkLayout.Published);

    /// <summary>The parameters, in the file's order.</summary>
    public static string[] Names { get; } = [.. Tensors.Select(tensor => tensor.Name)];

    public static string[] Biases { get; } = ["blocks.0.mlp.b_in", "blocks.0.mlp.b_out"];

    /// <param name="path">The file.</param>
    /// <param name="groups">The parameters of each group, with its settings.</param>
    /// <param name="kept">What the optimiser keeps of a parameter beside its steps, 40; m and v when not given. Of one of which it keeps nothing it has no state.</param>
    public static void Write(string path, IReadOnlyList<(string[] Names, (string Key, object? Value)[] Settings)> groups, Func<string, string[]>? kept = null)
    {
        string[] numbered = [.. groups.SelectMany(group => group.Names)];
        var state = new OrderedDictionary<object, object?>();
        for (int number = 0; number < numbered.Length; number++)
        {
            NamedTensor tensor = Tensors.Single(tensor => tensor.Name == numbered[number]);
            float m = Array.IndexOf(Names, tensor.Name) + 1;
            string[] keys = kept?.Invoke(tensor.Name) ?? ["exp_avg", "exp_avg_sq"];
            if (keys.Length == 0)
            {
                continue;
            }

            state[(long)number] = Dictionary([("step", 40L), .. keys.Select(key => (key, (object?)TensorBytes.Of(tensor.Shape, [.. tensor.Values.ToArray().Select(_ => key == "exp_avg_sq" ? m / 8 : m)])))]);
        }

        int first = 0;
        var described = new List<object?>();
        foreach ((string[] names, (string Key, object? Value)[] settings) in groups)
        {
            described.Add(Dictionary([.. settings, ("params", Enumerable.Range(first, names.Length).Select(number => (object?)(long)number).ToList())]));
            first += names.Length;
        }

        PyTorchWriter.Write(path, Dictionary(
            ("model", new NewOrderedDict([.. Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, (object?)TensorBytes.Of(tensor.Shape, tensor.Values.Span)))])),
            ("optimizer", Dictionary(("state", state), ("param_groups", described))),
            ("config", Dictionary(("seed", 5L), ("frac_train", 0.4), ("split", "python")))));
    }

    /// <summary>The settings of AdamW, with some in the place of its usual ones.</summary>
    public static (string Key, object? Value)[] Settings(params (string Key, object? Value)[] others) =>
        [.. new (string Key, object? Value)[] { ("lr", 1e-3), ("betas", new object?[] { 0.9, 0.98 }), ("eps", 1e-8), ("weight_decay", 0.5) }.Where(usual => others.All(other => other.Key != usual.Key)), .. others];

    private static OrderedDictionary<object, object?> Dictionary(params (string Key, object? Value)[] entries) => new(entries.Select(entry => KeyValuePair.Create((object)entry.Key, entry.Value)));
}

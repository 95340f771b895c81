namespace GrokVerify.Model;

/// <summary>One named tensor inside the flat parameter buffer.</summary>
/// <param name="Name">The paper's symbol, e.g. "W_E"; in a network of several layers with the layer's number behind it, from 0: "W_Q.1".</param>
/// <param name="Shape">Row-major shape.</param>
/// <param name="Offset">Index of its first element in the flat buffer.</param>
/// <param name="InitialStandardDeviation">Standard deviation of the initial values; 0 for the biases.</param>
public sealed record ParameterTensor(string Name, IReadOnlyList<int> Shape, int Offset, double InitialStandardDeviation)
{
    /// <summary>Whether it is a bias, and no matrix.</summary>
    internal bool IsBias => Name.StartsWith('b');

    public int Count { get; } = Shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>
/// Where each tensor lies in the flat parameter buffer: embeddings, layers, unembedding. Every matrix is stored [input, output], so that
/// activations multiply from the left; heads come first:
/// W_E [d_vocab, d_model], W_pos [3, d_model], W_Q, W_K, W_V [heads, d_model, d_head], W_O [heads, d_head, d_model],
/// W_in [d_model, d_mlp], b_in [d_mlp], W_out [d_mlp, d_model], b_out [d_model], W_U [d_model, d_vocab].
/// Layers without an MLP have b_O [d_model], the output bias of attention (TransformerLens' name), in the place of its four tensors.
/// </summary>
/// <remarks>
/// Initial standard deviations are those of the authors' released code: 1/sqrt(d_model) everywhere (W_out too), except
/// 1/sqrt(d_vocab) for W_U and zero for the biases.
/// </remarks>
public sealed class ParameterLayout
{
    private readonly Dictionary<string, ParameterTensor> _byName;
    private readonly bool _isDeep;

    public ParameterLayout(TransformerConfig config)
    {
        config.Validate();
        _isDeep = config.Layers > 1;
        double inner = 1 / Math.Sqrt(config.DModel);
        var tensors = new List<ParameterTensor>();
        int offset = 0;
        void Add(string name, double standardDeviation, params int[] shape)
        {
            var tensor = new ParameterTensor(name, shape, offset, standardDeviation);
            tensors.Add(tensor);
            offset += tensor.Count;
        }

        Add("W_E", inner, config.VocabularySize, config.DModel);
        Add("W_pos", inner, TransformerConfig.ContextLength, config.DModel);
        for (int layer = 0; layer < config.Layers; layer++)
        {
            Add(NameIn(layer, "W_Q"), inner, config.Heads, config.DModel, config.DHead);
            Add(NameIn(layer, "W_K"), inner, config.Heads, config.DModel, config.DHead);
            Add(NameIn(layer, "W_V"), inner, config.Heads, config.DModel, config.DHead);
            Add(NameIn(layer, "W_O"), inner, config.Heads, config.DHead, config.DModel);
            if (config.AttentionOnly)
            {
                Add(NameIn(layer, "b_O"), 0, config.DModel);
            }
            else
            {
                Add(NameIn(layer, "W_in"), inner, config.DModel, config.DMlp);
                Add(NameIn(layer, "b_in"), 0, config.DMlp);
                Add(NameIn(layer, "W_out"), inner, config.DMlp, config.DModel);
                Add(NameIn(layer, "b_out"), 0, config.DModel);
            }
        }

        Add("W_U", 1 / Math.Sqrt(config.VocabularySize), config.DModel, config.VocabularySize);
        Tensors = tensors;
        Count = offset;
        _byName = tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>All tensors, in the order of the buffer: eleven of the paper's network.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Number of parameters; 226,816 for the mainline.</summary>
    public int Count { get; }

    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    public ParameterTensor this[string name] => _byName[name];

    /// <summary>What a layer's tensor is called, e.g. "W_Q.1"; "W_Q" where there is one layer.</summary>
    public string NameIn(int layer, string name) => _isDeep ? FormattableString.Invariant($"{name}.{layer}") : name;
}

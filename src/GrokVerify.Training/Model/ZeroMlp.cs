namespace GrokVerify.Model;

/// <summary>
/// How engines of the paper's network train attention alone: with an MLP of one neuron whose W_in, b_in and W_out are zero, and whose b_out is b_O.
/// </summary>
/// <remarks>
/// The neuron's activation is zero and its output weights are zero, so both have a gradient of zero; AdamW leaves a weight of zero with such a gradient at zero,
/// with and without decay, and so does a rescaling. A network that has an MLP passes as it is.
/// </remarks>
internal sealed class ZeroMlp
{
    private readonly int _cut;
    private readonly int _zeros;

    /// <param name="network">The network to train.</param>
    /// <exception cref="ArgumentException">It has more than one layer.</exception>
    public ZeroMlp(TransformerConfig network)
    {
        if (network.Layers > 1)
        {
            throw new ArgumentException($"this engine trains networks of one layer, not of {network.Layers}: choose the torch engine");
        }

        Network = network.AttentionOnly ? network with { AttentionOnly = false, DMlp = 1 } : network;
        var layout = new ParameterLayout(network);
        _cut = network.AttentionOnly ? layout["b_O"].Offset : 0;
        _zeros = new ParameterLayout(Network).Count - layout.Count;
    }

    /// <summary>The network that the engine computes.</summary>
    public TransformerConfig Network { get; }

    /// <summary>Weights or moments, as the engine has them.</summary>
    public float[] In(float[] values) => [.. values[.._cut], .. new float[_zeros], .. values[_cut..]];

    /// <summary>Weights, moments or a gradient of the engine, as the network has them.</summary>
    public T[] Out<T>(T[] values) => [.. values[.._cut], .. values[(_cut + _zeros)..]];

    /// <inheritdoc cref="In(float[])"/>
    public TransformerWeights In(TransformerWeights weights) => new(Network, In(weights.Values));
}

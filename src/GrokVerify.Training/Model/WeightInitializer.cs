namespace GrokVerify.Model;

/// <summary>
/// Draws the initial weights of the authors' released code: after <c>torch.manual_seed(seed)</c> one <c>torch.randn</c> for each tensor, in the order and the shapes of their code, times the standard
/// deviations of <see cref="ParameterLayout"/>. Every engine starts from these, so that one seed means one starting point everywhere; seed 0 of the mainline is the paper's network.
/// </summary>
/// <remarks>
/// Drawn in float64 and rounded once: within 2e-6 of a standard deviation of what torch draws, and the same bits on every machine, which torch's are not. Of a network of several layers each layer is drawn
/// whole before the next.
/// </remarks>
internal static class WeightInitializer
{
    /// <param name="config">The shape.</param>
    /// <param name="seed">Any number; its low 32 bits count, as for <c>torch.manual_seed</c>.</param>
    public static TransformerWeights Initialize(TransformerConfig config, long seed)
    {
        var layout = new ParameterLayout(config);
        var weights = new TransformerWeights(config, new float[layout.Count]);
        var random = new TorchRandom(seed);

        // Their code stores as we do...
        void Copy(string name) => Draw(name, 1, isTransposed: false);

        // ... or [output, input], of each head or of all of them together.
        void Transpose(string name, int matrices = 1) => Draw(name, matrices, isTransposed: true);

        void Draw(string name, int matrices, bool isTransposed)
        {
            ParameterTensor tensor = layout[name];
            Span<float> ours = weights[name];
            double[] drawn = random.Normal(tensor.Count);
            int columns = tensor.Shape[^1];
            int size = tensor.Count / matrices;
            int rows = size / columns;
            for (int i = 0; i < drawn.Length; i++)
            {
                int within = i % size;
                int theirs = isTransposed ? i - within + (within % columns * rows) + (within / columns) : i;
                ours[i] = (float)(drawn[theirs] * tensor.InitialStandardDeviation);
            }
        }

        Transpose("W_E");
        Copy("W_pos");
        for (int layer = 0; layer < config.Layers; layer++)
        {
            Transpose(layout.NameIn(layer, "W_K"), config.Heads);
            Transpose(layout.NameIn(layer, "W_Q"), config.Heads);
            Transpose(layout.NameIn(layer, "W_V"), config.Heads);
            Transpose(layout.NameIn(layer, "W_O"));
            if (!config.AttentionOnly)
            {
                Transpose(layout.NameIn(layer, "W_in"));
                Transpose(layout.NameIn(layer, "W_out"));
            }
        }

        Copy("W_U");
        return weights;
    }
}

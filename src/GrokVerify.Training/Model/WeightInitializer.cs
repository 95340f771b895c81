namespace GrokVerify.Model;

/// <summary>
/// Draws the initial weights: independent normal values with the standard deviations of <see cref="ParameterLayout"/>.
/// Every engine starts from these, so that one seed means one starting point everywhere.
/// </summary>
/// <remarks>
/// Each tensor has a stream of its own, keyed by seed and tensor name, so that a change of one shape leaves the other tensors alone;
/// the first of several layers has the streams of the only one.
/// Only IEEE add, multiply, divide and square root are used: the bits are the same on every machine.
/// </remarks>
internal static class WeightInitializer
{
    private const string FirstLayer = ".0";

    /// <param name="config">The shape.</param>
    /// <param name="seed">Any number; the same number gives the same bits everywhere.</param>
    public static TransformerWeights Initialize(TransformerConfig config, long seed)
    {
        var layout = new ParameterLayout(config);
        var weights = new TransformerWeights(config, new float[layout.Count]);
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            if (tensor.InitialStandardDeviation == 0)
            {
                continue;
            }

            string stream = tensor.Name.EndsWith(FirstLayer, StringComparison.Ordinal) ? tensor.Name[..^FirstLayer.Length] : tensor.Name;
            var normal = new ExactNormal(seed, stream);
            foreach (ref float value in weights[tensor.Name])
            {
                value = (float)(normal.Next() * tensor.InitialStandardDeviation);
            }
        }

        return weights;
    }
}

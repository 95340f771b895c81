using GrokVerify.Model;

namespace GrokVerify.Architectures;

/// <summary>The shape of a transformer of several layers, all of one shape.</summary>
/// <param name="Model">Prime, widths and heads of every layer.</param>
/// <param name="Layers">From 1 up.</param>
/// <param name="HasMlp">Whether each layer has an MLP after its attention.</param>
public sealed record StackShape(TransformerConfig Model, int Layers, bool HasMlp)
{
    /// <summary>
    /// Every tensor, in the order embeddings, layers, unembedding. Shapes and initial standard deviations are those of <see cref="ParameterLayout"/>;
    /// a layer's tensors have its number (from 0) behind their names, e.g. "W_Q.1".
    /// </summary>
    public IReadOnlyList<ParameterTensor> Tensors()
    {
        var layout = new ParameterLayout(Model);
        string[] ofLayer = HasMlp ? ["W_Q", "W_K", "W_V", "W_O", "W_in", "b_in", "W_out", "b_out"] : ["W_Q", "W_K", "W_V", "W_O"];
        IEnumerable<ParameterTensor> layers = Enumerable.Range(0, Layers)
            .SelectMany(layer => ofLayer.Select(name => layout[name] with { Name = $"{name}.{layer}" }));
        return [layout["W_E"], layout["W_pos"], .. layers, layout["W_U"]];
    }
}

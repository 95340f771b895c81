
namespace GrokVerify.Networks;

/// <summary>By which names and in which shapes a file holds the network.</summary>
public enum NetworkLayout
{
    /// <summary>Ours: the names and shapes of <see cref="Model.ParameterLayout"/>.</summary>
    Native,

    /// <summary>Of the authors' released code (github.com/mechanistic-interpretability-grokking/progress-measures-paper): matrices as [output, input].</summary>
    Published,

    /// <summary>Of TransformerLens (github.com/TransformerLensOrg/TransformerLens): matrices as [input, output], heads first, biases everywhere.</summary>
    TransformerLens,
}

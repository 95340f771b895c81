
namespace GrokVerify.Architectures;

/// <summary>Which layers a network has; everything else of it is as <see cref="Model.TransformerConfig"/> says.</summary>
public enum Architecture
{
    /// <summary>The paper's: one layer of attention and MLP.</summary>
    OneLayer,

    /// <summary>One layer of attention alone, as some accounts describe the paper's model.</summary>
    AttentionOnly,

    /// <summary>Two layers, each of attention and MLP.</summary>
    TwoLayers,

    /// <summary>Two layers, each of attention alone.</summary>
    TwoLayersAttentionOnly,
}

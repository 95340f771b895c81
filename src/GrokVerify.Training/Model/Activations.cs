using static TorchSharp.torch;

namespace GrokVerify.Model;

/// <summary>
/// Everything the reference <see cref="Transformer"/> computes on its way from tokens to logits.
/// The tensors belong to the dispose scope in which the forward pass ran.
/// </summary>
/// <param name="Layers">What each layer computes, the first one first.</param>
/// <param name="Logits">[batch, 3, d_vocab]; only the last position is trained.</param>
public sealed record Activations(IReadOnlyList<LayerActivations> Layers, Tensor Logits);

/// <summary>What one layer computes. Where the last layer is computed from a later position on, its tensors begin there, all but ResidualPre.</summary>
/// <param name="ResidualPre">[batch, 3, d_model]: what the layer reads; for the first one token plus position embedding, x^(0) in the paper's section 3.</param>
/// <param name="AttentionPattern">[batch, heads, 3 (query), 3 (key)]: each row sums to 1, zero above the diagonal.</param>
/// <param name="Z">[batch, 3, heads, d_head]: the pattern's mean of the value vectors.</param>
/// <param name="ResidualMid">[batch, 3, d_model]: after attention, x^(1).</param>
/// <param name="MlpPre">[batch, 3, d_mlp]: before the ReLU; null without an MLP.</param>
/// <param name="MlpPost">[batch, 3, d_mlp]: after the ReLU, the paper's MLP activations (neurons); null without an MLP.</param>
/// <param name="ResidualPost">[batch, 3, d_model]: after the MLP, x^(2).</param>
public sealed record LayerActivations(
    Tensor ResidualPre,
    Tensor AttentionPattern,
    Tensor Z,
    Tensor ResidualMid,
    Tensor? MlpPre,
    Tensor? MlpPost,
    Tensor ResidualPost);

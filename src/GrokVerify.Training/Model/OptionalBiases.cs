
namespace GrokVerify.Model;

/// <summary>
/// Biases that the paper's network does not have and others' may: those of attention and of the unembedding. They are evaluated and
/// analysed; nothing here trains them. Names as in TransformerLens.
/// </summary>
/// <param name="Query">b_Q, float32 [heads * d_head].</param>
/// <param name="Key">b_K, float32 [heads * d_head]: adds the same to the score of every position, so the pattern does not depend on it.</param>
/// <param name="Value">b_V, float32 [heads * d_head].</param>
/// <param name="AttentionOutput">b_O, float32 [d_model].</param>
/// <param name="Unembedding">b_U, float32 [d_vocab], "=" last.</param>
public sealed record OptionalBiases(float[] Query, float[] Key, float[] Value, float[] AttentionOutput, float[] Unembedding)
{
    /// <summary>All of them, by their names.</summary>
    public IEnumerable<(string Name, float[] Values)> All => [("b_Q", Query), ("b_K", Key), ("b_V", Value), ("b_O", AttentionOutput), ("b_U", Unembedding)];
}

using GrokVerify.Architectures;
using GrokVerify.Model;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Architectures;

/// <summary>A transformer of several layers as it is usually written: every position of every pair in every layer. The oracle of <see cref="StackedTransformer"/>.</summary>
internal static class EagerStack
{
    /// <param name="shape">The layers.</param>
    /// <param name="weights">By the names of <see cref="StackShape.Tensors"/>.</param>
    /// <param name="tokens">Int64 [batch, 3].</param>
    /// <returns>[batch, d_vocab], at "=".</returns>
    public static Tensor Logits(StackShape shape, IReadOnlyDictionary<string, TorchSharp.Modules.Parameter> weights, Tensor tokens)
    {
        Tensor residual = weights["W_E"][TensorIndex.Tensor(tokens)].Plus(weights["W_pos"]); // [batch, 3, d_model]
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            Tensor query = einsum("bpd,hdk->bhpk", residual, weights[$"W_Q.{layer}"]); // [batch, heads, 3, d_head]
            Tensor key = einsum("bpd,hdk->bhpk", residual, weights[$"W_K.{layer}"]);
            Tensor value = einsum("bpd,hdk->bhpk", residual, weights[$"W_V.{layer}"]);
            Tensor scores = matmul(query, key.transpose(-1, -2)).DividedBy(Math.Sqrt(shape.Model.DHead)); // [batch, heads, 3, 3]
            Tensor pattern = scores.masked_fill(ones(3, 3, ScalarType.Bool).triu(1), TensorArithmetic.NegativeInfinity).softmax(-1);
            residual = residual.Plus(einsum("bhpk,hkd->bpd", matmul(pattern, value), weights[$"W_O.{layer}"]));
            if (shape.HasMlp)
            {
                Tensor hidden = matmul(residual, weights[$"W_in.{layer}"]).Plus(weights[$"b_in.{layer}"]).relu(); // [batch, 3, d_mlp]
                residual = residual.Plus(matmul(hidden, weights[$"W_out.{layer}"])).Plus(weights[$"b_out.{layer}"]);
            }
        }

        return matmul(residual.select(1, TransformerConfig.ReadoutPosition), weights["W_U"]);
    }

    /// <summary>Int64 [pairs, 3]: a, b, "=".</summary>
    public static Tensor Tokens(int prime, IReadOnlyList<int> pairs) =>
        tensor(pairs.SelectMany(pair => new long[] { pair / prime, pair % prime, prime }).ToArray(), [pairs.Count, 3]);
}

// The reference model: one layer, causal attention, ReLU MLP, no LayerNorm, learned positions, untied unembedding.
//
// - N. Nanda, L. Chan, T. Lieberum, J. Smith, J. Steinhardt, "Progress measures for grokking via mechanistic
//   interpretability", arXiv 2301.05217, section 3.
// - N. Elhage et al., "A mathematical framework for transformer circuits", 2021: the residual-stream notation.
//
// This file is the oracle: written to be read, every position and every activation computed the usual way, differentiable by
// autograd. FactoredForward and the training engines compute the same function without the waste.
// Plus and DividedBy are + and /, in a form that TorchSharp computes safely (TensorArithmetic).

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GrokVerify.Model;

/// <summary>The network as the paper writes it. Parameters have the names and shapes of <see cref="ParameterLayout"/>.</summary>
public sealed class Transformer : IDisposable
{
    private readonly TransformerConfig _config;
    private readonly List<Parameter> _parameters = [];

    /// <param name="weights">Copied to the device.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="device">Where to compute; the CPU when not given.</param>
    /// <param name="requiresGrad">Whether autograd follows the parameters.</param>
    /// <exception cref="ArgumentException">The type is neither float32 nor float64, or the network has optional biases.</exception>
    public Transformer(TransformerWeights weights, ScalarType type = ScalarType.Float32, Device? device = null, bool requiresGrad = false)
    {
        if (type is not (ScalarType.Float32 or ScalarType.Float64))
        {
            throw new ArgumentException($"{type} is not supported: give Float32 or Float64", nameof(type));
        }

        if (weights.OptionalBiases is not null)
        {
            throw new ArgumentException("the network has optional biases, the paper's has none", nameof(weights));
        }

        _config = weights.Config;
        foreach (ParameterTensor tensor in weights.Layout.Tensors)
        {
            using Tensor single = torch.tensor(weights[tensor.Name].ToArray(), [.. tensor.Shape.Select(extent => (long)extent)]);
            var parameter = new Parameter(single.to(type, device ?? CPU, copy: true), requiresGrad);
            parameter.DetachFromDisposeScope();
            _parameters.Add(parameter);
        }
    }

    /// <summary>The eleven parameters, in the order of <see cref="ParameterLayout"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    private Tensor W_E => _parameters[0]; // [d_vocab, d_model]

    private Tensor W_pos => _parameters[1]; // [3, d_model]

    private Tensor W_Q => _parameters[2]; // [heads, d_model, d_head]

    private Tensor W_K => _parameters[3]; // [heads, d_model, d_head]

    private Tensor W_V => _parameters[4]; // [heads, d_model, d_head]

    private Tensor W_O => _parameters[5]; // [heads, d_head, d_model]

    private Tensor W_in => _parameters[6]; // [d_model, d_mlp]

    private Tensor B_in => _parameters[7]; // [d_mlp]

    private Tensor W_out => _parameters[8]; // [d_mlp, d_model]

    private Tensor B_out => _parameters[9]; // [d_model]

    private Tensor W_U => _parameters[10]; // [d_model, d_vocab]

    /// <summary>Int64 [count, 3]: the tokens (a, b, "=") of some pairs.</summary>
    public Tensor Tokens(ReadOnlySpan<int> pairs)
    {
        long[] tokens = new long[pairs.Length * TransformerConfig.ContextLength];
        for (int i = 0; i < pairs.Length; i++)
        {
            tokens[3 * i] = pairs[i] / _config.Prime;
            tokens[(3 * i) + 1] = pairs[i] % _config.Prime;
            tokens[(3 * i) + 2] = _config.Prime;
        }

        return tensor(tokens, [pairs.Length, TransformerConfig.ContextLength], device: W_E.device);
    }

    /// <param name="tokens">Int64 [batch, 3].</param>
    public Activations Forward(Tensor tokens)
    {
        Tensor residualPre = W_E[tokens].Plus(W_pos); // [batch, 3, d_model]

        Tensor query = einsum("bpd,hdk->bhpk", residualPre, W_Q); // [batch, heads, 3, d_head]
        Tensor key = einsum("bpd,hdk->bhpk", residualPre, W_K); // [batch, heads, 3, d_head]
        Tensor value = einsum("bpd,hdk->bhpk", residualPre, W_V); // [batch, heads, 3, d_head]
        Tensor scores = matmul(query, key.transpose(-1, -2)).DividedBy(Math.Sqrt(_config.DHead)); // [batch, heads, 3, 3]
        Tensor future = ones(3, 3, ScalarType.Bool, device: tokens.device).triu(1); // [3, 3]
        Tensor pattern = scores.masked_fill(future, TensorArithmetic.NegativeInfinity).softmax(-1); // [batch, heads, 3, 3]
        Tensor z = matmul(pattern, value); // [batch, heads, 3, d_head]
        Tensor attention = einsum("bhpk,hkd->bpd", z, W_O); // [batch, 3, d_model]
        Tensor residualMid = residualPre.Plus(attention); // [batch, 3, d_model]

        Tensor mlpPre = matmul(residualMid, W_in).Plus(B_in); // [batch, 3, d_mlp]
        Tensor mlpPost = mlpPre.relu(); // [batch, 3, d_mlp]
        Tensor residualPost = residualMid.Plus(matmul(mlpPost, W_out)).Plus(B_out); // [batch, 3, d_model]

        Tensor logits = matmul(residualPost, W_U); // [batch, 3, d_vocab]
        return new Activations(residualPre, pattern, z.transpose(1, 2), residualMid, mlpPre, mlpPost, residualPost, logits);
    }

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters)
        {
            parameter.Dispose();
        }
    }
}

// The reference model: layers of causal attention and a ReLU MLP (the paper's has one layer), no LayerNorm, learned positions,
// untied unembedding.
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
    private readonly ParameterLayout _layout;
    private readonly OrderedDictionary<string, Parameter> _parameters = [];

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
        _layout = weights.Layout;
        foreach (ParameterTensor tensor in weights.Layout.Tensors)
        {
            using Tensor single = torch.tensor(weights[tensor.Name].ToArray(), [.. tensor.Shape.Select(extent => (long)extent)]);
            var parameter = new Parameter(single.to(type, device ?? CPU, copy: true), requiresGrad);
            parameter.DetachFromDisposeScope();
            _parameters.Add(tensor.Name, parameter);
        }
    }

    /// <summary>The parameters, in the order of <see cref="ParameterLayout"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters.Values;

    /// <param name="name">As in <see cref="ParameterLayout"/>.</param>
    internal Parameter this[string name] => _parameters[name];

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

        return tensor(tokens, [pairs.Length, TransformerConfig.ContextLength], device: _parameters["W_E"].device);
    }

    /// <param name="tokens">Int64 [batch, 3].</param>
    /// <param name="firstQuery">The position from which on the last layer is computed: "=" alone is trained and read, so the others may be left out there.</param>
    public Activations Forward(Tensor tokens, int firstQuery = 0)
    {
        Tensor residual = _parameters["W_E"][tokens].Plus(_parameters["W_pos"]); // [batch, 3, d_model]
        var layers = new List<LayerActivations>();
        for (int layer = 0; layer < _config.Layers; layer++)
        {
            layers.Add(Layer(layer, residual, layer == _config.Layers - 1 ? firstQuery : 0));
            residual = layers[layer].ResidualPost; // [batch, 3, d_model]
        }

        return new Activations(layers, matmul(residual, _parameters["W_U"])); // [batch, 3, d_vocab]
    }

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters.Values)
        {
            parameter.Dispose();
        }
    }

    /// <summary>One layer, from position firstQuery on: 3 in the shapes is then fewer for queries, never for keys.</summary>
    private LayerActivations Layer(int layer, Tensor residualPre, int firstQuery)
    {
        Parameter Weight(string name) => _parameters[_layout.NameIn(layer, name)];
        Tensor reading = residualPre.narrow(1, firstQuery, TransformerConfig.ContextLength - firstQuery); // [batch, 3, d_model]

        Tensor query = einsum("bpd,hdk->bhpk", reading, Weight("W_Q")); // [batch, heads, 3, d_head]
        Tensor key = einsum("bpd,hdk->bhpk", residualPre, Weight("W_K")); // [batch, heads, 3, d_head]
        Tensor value = einsum("bpd,hdk->bhpk", residualPre, Weight("W_V")); // [batch, heads, 3, d_head]
        Tensor scores = matmul(query, key.transpose(-1, -2)).DividedBy(Math.Sqrt(_config.DHead)); // [batch, heads, 3, 3]
        Tensor future = ones(scores.shape[^2], 3, ScalarType.Bool, device: scores.device).triu(1 + firstQuery); // [3, 3]
        Tensor pattern = scores.masked_fill(future, TensorArithmetic.NegativeInfinity).softmax(-1); // [batch, heads, 3, 3]
        Tensor z = matmul(pattern, value); // [batch, heads, 3, d_head]
        Tensor attention = einsum("bhpk,hkd->bpd", z, Weight("W_O")); // [batch, 3, d_model]
        if (_config.AttentionOnly)
        {
            Tensor residual = reading.Plus(attention).Plus(Weight("b_O")); // [batch, 3, d_model]
            return new LayerActivations(residualPre, pattern, z.transpose(1, 2), residual, null, null, residual);
        }

        Tensor residualMid = reading.Plus(attention); // [batch, 3, d_model]
        Tensor mlpPre = matmul(residualMid, Weight("W_in")).Plus(Weight("b_in")); // [batch, 3, d_mlp]
        Tensor mlpPost = mlpPre.relu(); // [batch, 3, d_mlp]
        Tensor residualPost = residualMid.Plus(matmul(mlpPost, Weight("W_out"))).Plus(Weight("b_out")); // [batch, 3, d_model]
        return new LayerActivations(residualPre, pattern, z.transpose(1, 2), residualMid, mlpPre, mlpPost, residualPost);
    }
}

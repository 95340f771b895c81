using GrokVerify.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GrokVerify.Architectures;

/// <summary>
/// A transformer of several layers at the read-out position, differentiable by autograd. The mask is causal, so a position's residual stream depends on the tokens up to it
/// alone: position 0 has p different rows, one for each a, in every layer; the others have one for each pair; the last layer is needed at "=" alone.
/// </summary>
/// <remarks>Conventions are those of <see cref="Model.Transformer"/> (arXiv 2301.05217 section 3), which it equals for one layer with an MLP.</remarks>
public sealed class StackedTransformer : IDisposable
{
    private const int Readout = TransformerConfig.ReadoutPosition;
    private readonly StackShape _shape;
    private readonly Dictionary<string, Parameter> _parameters = [];

    /// <param name="shape">The layers.</param>
    /// <param name="seed">Of the initial weights; a tensor that <see cref="WeightInitializer"/> knows by the same name has the same values.</param>
    /// <param name="type">float32 or float64.</param>
    public StackedTransformer(StackShape shape, long seed, ScalarType type = ScalarType.Float32)
    {
        _shape = shape;
        foreach (ParameterTensor layout in shape.Tensors())
        {
            using Tensor values = InitialValues(layout, seed).to(type, copy: true);
            var parameter = new Parameter(values.view([.. layout.Shape.Select(extent => (long)extent)]), requires_grad: true);
            parameter.DetachFromDisposeScope();
            _parameters[layout.Name] = parameter;
        }
    }

    /// <summary>By name, in the order of <see cref="StackShape.Tensors"/>.</summary>
    public IReadOnlyDictionary<string, Parameter> Parameters => _parameters;

    /// <param name="first">Int64 [pairs]: the token a of each pair.</param>
    /// <param name="second">Int64 [pairs]: the token b of each pair.</param>
    /// <returns>[pairs, d_vocab]: the logits at "=".</returns>
    public Tensor Logits(Tensor first, Tensor second)
    {
        int p = _shape.Model.Prime;
        Tensor tokens = _parameters["W_E"];
        Tensor positions = _parameters["W_pos"];
        Stream[] streams =
        [
            new(tokens.narrow(0, 0, p).Plus(positions[0]), first), // [p, d_model]
            new(tokens.narrow(0, 0, p).Plus(positions[1]), second), // [p, d_model]
            new(tokens[p].Plus(positions[2]).unsqueeze(0), zeros_like(first)), // [1, d_model]
        ];
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            int needed = layer == _shape.Layers - 1 ? Readout : 0;
            Stream[] before = streams;
            streams = [.. Enumerable.Range(0, streams.Length).Select(position => position < needed ? before[position] : After(layer, before.AsSpan(0, position + 1)))];
        }

        return matmul(streams[Readout].Rows, _parameters["W_U"]);
    }

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters.Values)
        {
            parameter.Dispose();
        }
    }

    private static Tensor InitialValues(ParameterTensor layout, long seed)
    {
        float[] values = new float[layout.Count];
        if (layout.InitialStandardDeviation > 0)
        {
            string stream = layout.Name.EndsWith(".0", StringComparison.Ordinal) ? layout.Name[..^2] : layout.Name;
            var normal = new ExactNormal(seed, stream);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(normal.Next() * layout.InitialStandardDeviation);
            }
        }

        return tensor(values);
    }

    /// <summary>The last of some streams, behind a layer in which it attends to all of them.</summary>
    private Stream After(int layer, ReadOnlySpan<Stream> past)
    {
        Stream residual = Attention(layer, past);
        if (!_shape.HasMlp)
        {
            return residual;
        }

        Tensor hidden = matmul(residual.Rows, Weight("W_in", layer)).Plus(Weight("b_in", layer)).relu(); // [rows, d_mlp]
        return residual with { Rows = residual.Rows.Plus(matmul(hidden, Weight("W_out", layer))).Plus(Weight("b_out", layer)) };
    }

    private Stream Attention(int layer, ReadOnlySpan<Stream> past)
    {
        Tensor writer = Weight("W_O", layer).view(_shape.Model.DModel, _shape.Model.DModel); // [heads * d_head, d_model]
        Stream last = past[^1];
        if (past.Length == 1)
        {
            // One key has all the attention.
            return last with { Rows = last.Rows.Plus(matmul(matmul(last.Rows, Reader("W_V", layer)), writer)) };
        }

        int heads = _shape.Model.Heads;
        Tensor query = last.AtPairs(Reader("W_Q", layer)).DividedBy(Math.Sqrt(_shape.Model.DHead)); // [pairs, d_model]
        var scores = new List<Tensor>();
        var values = new List<Tensor>();
        foreach (Stream stream in past)
        {
            Tensor products = query * stream.AtPairs(Reader("W_K", layer)); // [pairs, d_model]
            scores.Add(products.view(-1, heads, _shape.Model.DHead).sum(2L)); // [pairs, heads]
            values.Add(stream.AtPairs(Reader("W_V", layer)).view(-1, heads, _shape.Model.DHead)); // [pairs, heads, d_head]
        }

        Tensor pattern = stack(scores, 2).softmax(2); // [pairs, heads, positions]
        Tensor z = pattern.narrow(2, 0, 1) * values[0]; // [pairs, heads, d_head]
        for (int position = 1; position < past.Length; position++)
        {
            z = z.Plus(pattern.narrow(2, position, 1) * values[position]);
        }

        return new Stream(last.AtPairs(null).Plus(matmul(z.view(-1, _shape.Model.DModel), writer)), null);
    }

    private Parameter Weight(string name, int layer) => _parameters[$"{name}.{layer}"];

    /// <summary>[d_model, heads * d_head]: the heads' matrices [heads, d_model, d_head] side by side.</summary>
    private Tensor Reader(string name, int layer) => Weight(name, layer).transpose(0, 1).reshape(_shape.Model.DModel, _shape.Model.DModel);

    /// <summary>The residual stream at one position.</summary>
    /// <param name="Rows">[rows, d_model], the different ones.</param>
    /// <param name="RowOfPair">Int64 [pairs]; null where every pair has a row of its own, in their order.</param>
    private sealed record Stream(Tensor Rows, Tensor? RowOfPair)
    {
        /// <summary>The stream, multiplied by a matrix where one is given, at every pair: [pairs, columns].</summary>
        public Tensor AtPairs(Tensor? matrix)
        {
            Tensor rows = matrix is null ? Rows : matmul(Rows, matrix);
            return RowOfPair is null ? rows : rows[TensorIndex.Tensor(RowOfPair)];
        }
    }
}

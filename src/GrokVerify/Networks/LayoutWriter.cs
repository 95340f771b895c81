using GrokVerify.Formats;
using GrokVerify.Model;

namespace GrokVerify.Networks;

/// <summary>Brings a network of ours into a layout.</summary>
internal sealed class LayoutWriter
{
    private readonly NetworkFile _network;
    private readonly NetworkLayout _layout;
    private readonly Dictionary<char, int> _extents;

    /// <exception cref="ArgumentException">The layout has no place for the network's optional biases, or the network has another architecture than the paper's.</exception>
    public LayoutWriter(NetworkFile network, NetworkLayout layout)
    {
        if (network.Weights.Config is not { Layers: 1, AttentionOnly: false })
        {
            throw new ArgumentException("a network of several layers or without an MLP is exported as a checkpoint only: choose the native layout and a .safetensors file");
        }

        if (network.Weights.OptionalBiases is not null && layout != NetworkLayout.TransformerLens)
        {
            throw new ArgumentException("the network has biases that only TransformerLens' layout has a place for: choose that", nameof(layout));
        }

        TransformerConfig config = network.Weights.Config;
        _network = network;
        _layout = layout;
        _extents = new()
        {
            ['c'] = TransformerConfig.ContextLength,
            ['h'] = config.Heads,
            ['k'] = config.DHead,
            ['d'] = config.DModel,
            ['m'] = config.DMlp,
            ['v'] = config.VocabularySize,
            ['o'] = network.Classes,
        };
    }

    /// <summary>Every tensor of the layout, in its order.</summary>
    public IReadOnlyList<KeyValuePair<string, TensorBytes>> Tensors() =>
        [.. LayoutTensor.Of(_layout).Select(tensor => KeyValuePair.Create(tensor.Name, tensor.Role switch
        {
            TensorRole.Parameter => Parameter(tensor, _network.Weights.Values),
            TensorRole.FurtherBias => Bias(tensor),
            _ => Buffer(tensor),
        }))];

    /// <summary>What a buffer that is laid out as our weights holds for a parameter, in the layout.</summary>
    public TensorBytes Parameter(LayoutTensor tensor, float[] buffer)
    {
        ParameterTensor ours = _network.Weights.Layout[tensor.OurName];
        ReadOnlySpan<float> values = buffer.AsSpan(ours.Offset, ours.Count);
        int[] shape = tensor.Axes.Shape(_extents);
        float[] theirs = new float[shape.Aggregate(1, (product, extent) => product * extent)];
        if (tensor.OurName == "W_U")
        {
            Narrow(values, theirs);
        }
        else
        {
            tensor.OurAxes.CopyTo(values, tensor.Axes, theirs, _extents);
        }

        return TensorBytes.Of(shape, theirs);
    }

    /// <summary>W_U as [d_model, p + 1] to [d_model, classes].</summary>
    private void Narrow(ReadOnlySpan<float> values, Span<float> target)
    {
        int width = _extents['v'];
        for (int row = 0; row < _extents['d']; row++)
        {
            values.Slice(row * width, _network.Classes).CopyTo(target[(row * _network.Classes)..]);
        }
    }

    private TensorBytes Bias(LayoutTensor tensor)
    {
        int[] shape = tensor.Axes.Shape(_extents);
        int count = shape.Aggregate(1, (product, extent) => product * extent);
        float[] values = _network.Weights.OptionalBiases?.All.Single(bias => bias.Name == tensor.OurName).Values ?? new float[count];
        return TensorBytes.Of(shape, values.AsSpan(0, count));
    }

    private TensorBytes Buffer(LayoutTensor tensor)
    {
        int[] shape = tensor.Axes.Shape(_extents);
        if (tensor.OurName != LayoutTensor.MaskName)
        {
            return TensorBytes.Of(shape, [float.NegativeInfinity]);
        }

        bool[] mask = [.. Enumerable.Range(0, _extents['c'] * _extents['c']).Select(i => i % _extents['c'] <= i / _extents['c'])];
        return _layout == NetworkLayout.TransformerLens ? TensorBytes.Of(shape, mask) : TensorBytes.Of(shape, [.. mask.Select(sees => sees ? 1f : 0f)]);
    }
}

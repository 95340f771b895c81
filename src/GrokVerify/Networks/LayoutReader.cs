using GrokVerify.Formats;
using GrokVerify.Model;

namespace GrokVerify.Networks;

/// <summary>Brings the tensors of a file into our layout.</summary>
internal sealed class LayoutReader
{
    private readonly StoredTensors _tensors;
    private readonly LayoutShapes _shapes;
    private readonly IReadOnlyList<LayoutTensor> _layoutTensors;

    /// <inheritdoc cref="LayoutRecognition.Of" path="/param"/>
    /// <exception cref="CheckpointException">The tensors are not those of a supported network.</exception>
    public LayoutReader(StoredTensors tensors, TensorMap? map = null, int? statedHeads = null)
    {
        (Layout, _tensors) = LayoutRecognition.Of(tensors, map, statedHeads);
        _shapes = LayoutShapes.Of(_tensors, Layout);
        _layoutTensors = LayoutTensor.Of(Layout);
    }

    public NetworkLayout Layout { get; }

    /// <summary>The lengths of the network's axes.</summary>
    public LayoutShapes Shapes => _shapes;

    public TransformerConfig Config => _shapes.Config;

    /// <summary>d_vocab_out, p + 1 or p.</summary>
    public int Classes => _shapes.Classes;

    /// <summary>The parameters of the network in the file's order, as its optimiser numbers them.</summary>
    public IReadOnlyList<LayoutTensor> Learned => [.. _tensors.All
        .Select(found => _layoutTensors.Single(tensor => tensor.Name == found.Name))
        .Where(tensor => tensor.Role != TensorRole.Buffer)];

    /// <summary>What was passed over, and what was filled in.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. _tensors.Notes,
        .. _layoutTensors.Where(tensor => tensor.IsBias && tensor.Role == TensorRole.Parameter && _tensors.Find(tensor.Name) is null).Select(tensor => $"{tensor.Name}: is not there, and taken as zero"),
    ];

    /// <summary>Elements of a tensor.</summary>
    public int Count(LayoutTensor tensor) => Shape(tensor).Aggregate(1, (product, extent) => product * extent);

    /// <summary>The shape that a tensor of this layout has in the file.</summary>
    public int[] Shape(LayoutTensor tensor) => tensor.Axes.Shape(_shapes.Extents);

    /// <summary>The shape that the file itself has for a tensor, whatever it was brought into.</summary>
    public IReadOnlyList<long> FileShape(LayoutTensor tensor) => _tensors.Find(tensor.Name)!.FileShape;

    /// <summary>Brings what belongs to a tensor, in the shape of the file, into the shape of the layout.</summary>
    public float[] Arrange(LayoutTensor tensor, float[] values) => _tensors.Find(tensor.Name)!.Arrange(values);

    /// <exception cref="CheckpointException">There is no token for the third position, the attention mask hides a token from the last one, or an optional bias is not finite.</exception>
    public TransformerWeights ReadWeights()
    {
        RequireSightOfAll();
        var weights = new TransformerWeights(Config, ReadBuffer(tensor => _tensors.Find(tensor.Name)?.Read() ?? new float[Count(tensor)])) { OptionalBiases = ReadFurtherBiases() };
        EqualsToken.Require(_tensors.Path, _shapes, weights);
        return weights;
    }

    /// <summary>One value for each parameter, laid out as the weights; what belongs to "=" is zero where the file does not have it.</summary>
    /// <param name="read">Reads what the file holds for a tensor, in the shape of the layout.</param>
    public float[] ReadBuffer(Func<LayoutTensor, float[]> read)
    {
        var ours = new ParameterLayout(Config);
        float[] buffer = new float[ours.Count];
        foreach (LayoutTensor tensor in _layoutTensors.Where(tensor => tensor.Role == TensorRole.Parameter))
        {
            float[] values = read(tensor);
            Span<float> target = buffer.AsSpan(ours[tensor.OurName].Offset, ours[tensor.OurName].Count);
            float[] arranged = new float[values.Length];
            tensor.Axes.CopyTo(values, tensor.OurAxes, arranged, _shapes.Extents);
            if (tensor.OurName == "W_U")
            {
                Widen(arranged, target);
            }
            else
            {
                // Ours has "=" last, as a token and as a position.
                arranged.CopyTo(target);
            }
        }

        return buffer;
    }

    /// <summary>W_U as [d_model, p] to [d_model, p + 1].</summary>
    private void Widen(float[] values, Span<float> target)
    {
        for (int row = 0; row < Config.DModel; row++)
        {
            values.AsSpan(row * Classes, Classes).CopyTo(target[(row * Config.VocabularySize)..]);
        }
    }

    private OptionalBiases? ReadFurtherBiases()
    {
        float[] Read(string ourName, int count)
        {
            LayoutTensor? expected = _layoutTensors.FirstOrDefault(tensor => tensor.Role == TensorRole.FurtherBias && tensor.OurName == ourName);
            float[] values = new float[count];
            if (expected is not null && _tensors.Find(expected.Name) is StoredTensor found)
            {
                found.Read().CopyTo(values, 0);
                if (values.Any(value => !float.IsFinite(value)))
                {
                    throw new CheckpointException(_tensors.Path, $"tensor {found.Name} holds a number that is not finite", "choose an earlier checkpoint");
                }
            }

            return values;
        }

        var biases = new OptionalBiases(
            Read("b_Q", Config.DModel), Read("b_K", Config.DModel), Read("b_V", Config.DModel), Read("b_O", Config.DModel), Read("b_U", Config.VocabularySize));
        return biases.All.Any(bias => bias.Values.Any(value => value != 0)) ? biases : null;
    }

    /// <summary>Only what the last token attends to is read: a causal mask and none at all come to the same.</summary>
    private void RequireSightOfAll()
    {
        LayoutTensor? expected = _layoutTensors.FirstOrDefault(tensor => tensor.OurName == LayoutTensor.MaskName);
        if (expected is null || _tensors.Find(expected.Name) is not StoredTensor found)
        {
            return;
        }

        float[] mask = found.Read();
        if (mask.AsSpan(mask.Length - _shapes.Context).Contains(0))
        {
            throw new CheckpointException(_tensors.Path, $"is not a supported network: {found.Name} hides tokens from the last one", "give a network in which the last token sees all");
        }
    }
}

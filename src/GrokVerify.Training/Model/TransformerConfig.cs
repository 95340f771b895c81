using System.ComponentModel;
using System.Text.Json.Serialization;
using GrokVerify.Tasks;

namespace GrokVerify.Model;

/// <summary>
/// The shape of the transformer. The defaults are the paper's mainline model
/// (arXiv 2301.05217 section 3): one layer, 226,816 parameters.
/// </summary>
public sealed record TransformerConfig
{
    private const int PapersNeurons = 512;
    private const int MostLayers = 4;

    public TransformerConfig()
    {
    }

    // To a property that a file leaves out, generated JSON readers give the default of a parameter, not that of the property.
    [JsonConstructor]
    internal TransformerConfig(int layers = 1) => Layers = layers;

    /// <summary>Tokens a, b, "=": the paper's n_ctx.</summary>
    public const int ContextLength = 3;

    /// <summary>The position that is read out: "=".</summary>
    public const int ReadoutPosition = 2;

    /// <summary>The modulus p, an odd prime from 5 to 257.</summary>
    public int Prime { get; init; } = 113;

    /// <summary>Width of the residual stream, d_model; from 1 to 1,024.</summary>
    public int DModel { get; init; } = 128;

    /// <summary>Attention heads; has to divide <see cref="DModel"/>.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Neurons of each layer's MLP, d_mlp; from 1 to 4,096. Without an MLP it means nothing and stays the default, so that one network has one key.</summary>
    public int DMlp { get; init => field = AttentionOnly ? PapersNeurons : value; } = PapersNeurons;

    /// <summary>Layers, all of one shape, from 1 to 4; the paper's network has one. Left out of files when 1.</summary>
    [DefaultValue(1)]
    public int Layers { get; init; } = 1;

    /// <summary>Whether the layers are attention alone, without an MLP: then each has an output bias b_O. Left out of files when false.</summary>
    [DefaultValue(false)]
    public bool AttentionOnly
    {
        get;
        init
        {
            field = value;
            DMlp = value ? PapersNeurons : DMlp;
        }
    }

    /// <summary>Width of one head, d_head = d_model / heads.</summary>
    public int DHead => DModel / Heads;

    /// <summary>p + 1, on the input and on the output: d_vocab.</summary>
    public int VocabularySize => Prime + 1;

    /// <summary>Throws unless every number is in range and fits the others.</summary>
    /// <exception cref="ArgumentException">Says which number, and what to give instead.</exception>
    public void Validate()
    {
        ModularTask.RequirePrime(Prime);
        RequireRange(nameof(DModel), "d_model", DModel, 1024);
        RequireRange(nameof(Heads), "heads", Heads, 1024);
        RequireRange(nameof(DMlp), "d_mlp", DMlp, 4096);
        RequireRange(nameof(Layers), "layers", Layers, MostLayers);
        if (DModel % Heads != 0)
        {
            throw new ArgumentException(
                $"heads = {Heads} does not divide d_model = {DModel}: give a divisor of d_model", nameof(Heads));
        }
    }

    private static void RequireRange(string property, string name, int value, int largest)
    {
        if (value < 1 || value > largest)
        {
            throw new ArgumentException($"{name} = {value} is out of range: give a number from 1 to {largest}", property);
        }
    }
}

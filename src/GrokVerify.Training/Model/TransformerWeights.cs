using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GrokVerify.Model;

/// <summary>All parameters of one network: a flat float32 buffer and the layout that names its parts.</summary>
public sealed class TransformerWeights
{
    /// <param name="config">The shape.</param>
    /// <param name="values">The flat buffer, taken over, not copied.</param>
    /// <exception cref="ArgumentException">The buffer's length is not the layout's.</exception>
    public TransformerWeights(TransformerConfig config, float[] values)
    {
        Layout = new ParameterLayout(config);
        if (values.Length != Layout.Count)
        {
            throw new ArgumentException(
                $"a network of this shape has {Layout.Count} parameters, but {values.Length} were given", nameof(values));
        }

        Config = config;
        Values = values;
    }

    public TransformerConfig Config { get; }

    public ParameterLayout Layout { get; }

    /// <summary>float32 [parameter count], the tensors of <see cref="Layout"/> one after the other.</summary>
    public float[] Values { get; }

    /// <summary>Biases beyond those of the layout; null for a network like the paper's, and for every network that is trained here.</summary>
    public OptionalBiases? OptionalBiases { get; init; }

    /// <summary>One tensor's values, row-major.</summary>
    public Span<float> this[string name]
    {
        get
        {
            ParameterTensor tensor = Layout[name];
            return Values.AsSpan(tensor.Offset, tensor.Count);
        }
    }

    /// <summary>Sum over all parameters of the squared value; the paper's "sum of squared weights" (section 5.1).</summary>
    public double SumOfSquares()
    {
        double sum = 0;
        foreach (float value in Values)
        {
            sum += (double)value * value;
        }

        return sum + (OptionalBiases?.All.SelectMany(bias => bias.Values).Sum(value => (double)value * value) ?? 0);
    }

    /// <summary>Throws unless every weight is a finite number.</summary>
    /// <exception cref="ArgumentException">A weight is NaN or infinite; says which.</exception>
    public void RequireFinite()
    {
        foreach (ParameterTensor tensor in Layout.Tensors)
        {
            ReadOnlySpan<float> values = this[tensor.Name];
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"weight {tensor.Name}[{i}] is {values[i]}: the network cannot be evaluated; choose an earlier checkpoint"));
                }
            }
        }
    }

    /// <summary>SHA-256 of the little-endian float32 buffer, as 64 lower-case hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(Values)));
}

using GrokVerify.Tasks;

namespace GrokVerify.Model;

/// <summary>
/// The standard normal numbers that <c>torch.randn</c> gives on the CPU after <c>torch.manual_seed</c>, one call for each tensor: the same draws of the same generator, computed in float64 with operations
/// that every machine rounds alike. torch computes in float32 and differs in the last bits from one processor to another.
/// </summary>
/// <remarks>
/// Source: PyTorch, aten/src/ATen/native/cpu/DistributionTemplates.h (normal_fill) for 16 numbers and more, aten/src/ATen/core/DistributionsHelper.h (normal_distribution) for fewer.
/// Both are the method of G. E. P. Box, M. E. Muller (1958).
/// </remarks>
/// <param name="seed">As given to <c>torch.manual_seed</c>, which uses its low 32 bits.</param>
internal sealed class TorchRandom(long seed)
{
    private const int Block = 16;
    private const int Half = Block / 2;
    private readonly MersenneTwister _twister = new(unchecked((uint)seed));
    private double? _kept;

    /// <summary>The numbers of the next tensor.</summary>
    /// <param name="count">How many it has, from 0 up: torch draws fewer than 16, and what a multiple of 16 leaves over, in other ways.</param>
    public double[] Normal(int count)
    {
        double[] values = new double[count];
        if (count < Block)
        {
            foreach (ref double value in values.AsSpan())
            {
                value = NextSingle();
            }

            return values;
        }

        FillUniform(values);
        for (int first = 0; first + Block <= count; first += Block)
        {
            TransformBlock(values.AsSpan(first, Block));
        }

        if (count % Block != 0)
        {
            Span<double> last = values.AsSpan(count - Block);
            FillUniform(last);
            TransformBlock(last);
        }

        return values;
    }

    private void FillUniform(Span<double> values)
    {
        const int bits = 24;
        foreach (ref double value in values)
        {
            value = (_twister.NextUInt32() & ((1u << bits) - 1)) * (1.0 / (1u << bits));
        }
    }

    private static void TransformBlock(Span<double> uniform)
    {
        for (int j = 0; j < Half; j++)
        {
            (uniform[j], uniform[j + Half]) = Transform(uniform[j], uniform[j + Half]);
        }
    }

    private double NextSingle()
    {
        if (_kept is double kept)
        {
            _kept = null;
            return kept;
        }

        double turn = NextUniform53();
        (double number, _kept) = Transform(NextUniform53(), turn);
        return number;
    }

    private double NextUniform53()
    {
        const int bits = 53;
        ulong high = _twister.NextUInt32();
        return (((high << 32) | _twister.NextUInt32()) & ((1ul << bits) - 1)) * (1.0 / (1ul << bits));
    }

    private static (double, double) Transform(double radius, double turn)
    {
        double r = Math.Sqrt(-2 * PortableMath.Log(1 - radius));
        (double sine, double cosine) = PortableMath.SinCosOfTurn(turn);
        return (r * cosine, r * sine);
    }
}

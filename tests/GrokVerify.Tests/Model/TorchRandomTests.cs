using GrokVerify.Model;
using TorchSharp;

namespace GrokVerify.Tests.Model;

/// <summary>What torch itself draws is the oracle: the same generator, in float32.</summary>
[Category("Fast")]
[NonParallelizable]
public class TorchRandomTests
{
    /// <summary>float32 keeps the radius, at most sqrt(2 * 24 ln 2) = 5.8, to 2.4e-7; its angle, up to 2 pi, is off by 2.4e-7, and its sine by as much: 5.8 * 2.4e-7 + 2.4e-7 = 1.6e-6.</summary>
    private const double OfSingles = 2e-6;

    /// <summary>torch draws fewer than 16 numbers in float64 and rounds them to float32: half a unit in the last place of a number below 8.</summary>
    private const double OfFew = 2.4e-7;

    [Test]
    public void Tensors_drawn_one_after_the_other_are_those_of_torch(
        [Values(0, 1, 2, 598, -1, long.MaxValue, 1L << 32)] long seed, [Values("114x128 3x128 4x32x128 128x512", "16", "17 16 31", "1 1 15 3 16 7 33 2", "7x5 5x3 3x7")] string shapes)
    {
        using var generator = new torch.Generator((ulong)seed);
        var random = new TorchRandom(seed);

        foreach (string shape in shapes.Split(' '))
        {
            long[] extents = [.. shape.Split('x').Select(long.Parse)];
            using torch.Tensor expected = torch.randn(extents, generator: generator);
            double[] theirs = [.. expected.data<float>().Select(value => (double)value)];

            double[] ours = random.Normal(theirs.Length);

            double tolerance = theirs.Length < 16 ? OfFew : OfSingles;
            ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThanOrEqualTo(tolerance, $"of {shape} after {shapes}, seed {seed}");
        }
    }
}

using GrokVerify.Model;

namespace GrokVerify.Tests.Model;

[Category("Fast")]
public class WeightInitializerTests
{
    private static readonly TransformerConfig Mainline = new();

    private static readonly Lazy<TransformerWeights> SeedZero = new(() => WeightInitializer.Initialize(Mainline, 0));

    /// <summary>
    /// With n parameters of standard deviation s, the sum of squares has mean sum n s^2 = 114 + 3 + 4 * 128 + 2 * 512 + 128 = 1781 and
    /// variance sum 2 n s^4 = 2 * (1653/128 + 128/114) = 28.07: a standard deviation of 5.30. The bound is 5 of them.
    /// </summary>
    [Test]
    public void The_sum_of_squares_of_the_mainline_is_near_1781([Range(0, 4)] int seed) =>
        WeightInitializer.Initialize(Mainline, seed).SumOfSquares().Should().BeApproximately(1781, 5 * 5.30);

    /// <summary>The sample variance of n normal values has relative standard error sqrt(2/n); the bound is 5 of them. The mean's is s/sqrt(n).</summary>
    [TestCase("W_E", 114 * 128, 1d / 128)]
    [TestCase("W_pos", 3 * 128, 1d / 128)]
    [TestCase("W_Q", 128 * 128, 1d / 128)]
    [TestCase("W_K", 128 * 128, 1d / 128)]
    [TestCase("W_V", 128 * 128, 1d / 128)]
    [TestCase("W_O", 128 * 128, 1d / 128)]
    [TestCase("W_in", 128 * 512, 1d / 128)]
    [TestCase("W_out", 512 * 128, 1d / 128)]
    [TestCase("W_U", 128 * 114, 1d / 114)]
    public void Each_tensor_has_its_own_variance(string name, int count, double variance)
    {
        double[] values = Array.ConvertAll(SeedZero.Value[name].ToArray(), value => (double)value);

        values.Should().HaveCount(count);
        values.Average().Should().BeApproximately(0, 5 * Math.Sqrt(variance / count));
        (values.Average(value => value * value) / variance).Should().BeApproximately(1, 5 * Math.Sqrt(2d / count));
    }

    [Test]
    public void Biases_begin_at_zero()
    {
        SeedZero.Value["b_in"].ToArray().Should().OnlyContain(value => value == 0);
        SeedZero.Value["b_out"].ToArray().Should().OnlyContain(value => value == 0);
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        string zero = SeedZero.Value.Sha256();

        WeightInitializer.Initialize(Mainline, 0).Sha256().Should().Be(zero);
        WeightInitializer.Initialize(Mainline, 1).Sha256().Should().NotBe(zero);
    }

    [Test]
    public void A_change_of_one_shape_leaves_the_other_tensors_alone()
    {
        TransformerWeights smaller = WeightInitializer.Initialize(Mainline with { Prime = 59 }, 0);

        foreach (string name in new[] { "W_pos", "W_Q", "W_K", "W_V", "W_O", "W_in", "W_out" })
        {
            smaller[name].SequenceEqual(SeedZero.Value[name]).Should().BeTrue(name);
        }
    }
}

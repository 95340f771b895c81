using GrokVerify.Model;
using TorchSharp;

namespace GrokVerify.Tests.Model;

[Category("Fast")]
[NonParallelizable]
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

    /// <summary>The order and the shapes of the authors' released transformers.py; float32 draws are within 2e-6 of ours (<see cref="TorchRandomTests"/>).</summary>
    [TestCase(113, 128, 4, 512, 0)]
    [TestCase(59, 128, 4, 512, 1)]
    [TestCase(7, 10, 2, 3, 2)]
    public void They_are_what_the_authors_code_draws(int prime, int dModel, int heads, int dMlp, long seed)
    {
        var config = new TransformerConfig { Prime = prime, DModel = dModel, Heads = heads, DMlp = dMlp };
        (string Name, long[] Shape, Func<torch.Tensor, torch.Tensor> Ours)[] draws =
        [
            ("W_E", [dModel, prime + 1], drawn => drawn.t()),
            ("W_pos", [3, dModel], drawn => drawn),
            ("W_K", [heads, dModel / heads, dModel], drawn => drawn.transpose(1, 2)),
            ("W_Q", [heads, dModel / heads, dModel], drawn => drawn.transpose(1, 2)),
            ("W_V", [heads, dModel / heads, dModel], drawn => drawn.transpose(1, 2)),
            ("W_O", [dModel, dModel], drawn => drawn.t()),
            ("W_in", [dMlp, dModel], drawn => drawn.t()),
            ("W_out", [dModel, dMlp], drawn => drawn.t()),
            ("W_U", [dModel, prime + 1], drawn => drawn),
        ];
        using var generator = new torch.Generator((ulong)seed);
        TransformerWeights ours = WeightInitializer.Initialize(config, seed);

        foreach ((string name, long[] shape, Func<torch.Tensor, torch.Tensor> toOurs) in draws)
        {
            double deviation = 1 / Math.Sqrt(name == "W_U" ? prime + 1 : dModel);
            using torch.Tensor drawn = torch.randn(shape, generator: generator);
            using torch.Tensor theirs = toOurs(drawn).contiguous();

            ours[name].ToArray().Zip(theirs.data<float>(), (a, b) => Math.Abs(a - (b * deviation))).Max().Should().BeLessThan(2e-6 * deviation, name);
        }
    }

    [Test]
    public void Layers_are_drawn_one_after_the_other()
    {
        TransformerWeights one = WeightInitializer.Initialize(Mainline, 0);
        TransformerWeights two = WeightInitializer.Initialize(Mainline with { Layers = 2 }, 0);

        foreach (string name in new[] { "W_Q", "W_K", "W_V", "W_O", "W_in", "W_out" })
        {
            two[$"{name}.0"].SequenceEqual(one[name]).Should().BeTrue(name);
            two[$"{name}.1"].SequenceEqual(one[name]).Should().BeFalse(name);
        }
    }
}

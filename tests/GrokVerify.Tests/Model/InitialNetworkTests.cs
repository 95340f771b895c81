using GrokVerify.ForwardPass;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Model;

/// <summary>The mainline network before its first step.</summary>
[Category("Fast")]
public class InitialNetworkTests
{
    private static readonly TransformerWeights Weights = WeightInitializer.Initialize(new TransformerConfig(), 0);

    [Test]
    public void It_has_226816_parameters() => Weights.Values.Should().HaveCount(226_816);

    /// <summary>
    /// The expectation is the sum over tensors of count * variance = 114 + 3 + 4 * 128 + 2 * 512 + 128 = 1781.
    /// The sum's own standard deviation is sqrt(2 sum count * variance^2) = 5.2, 0.3%; the band is 10 of those.
    /// </summary>
    [Test]
    public void Its_sum_of_squares_is_1781_within_3_percent() => Weights.SumOfSquares().Should().BeInRange(1781 * 0.97, 1781 * 1.03);

    [Test]
    public void Its_loss_is_that_of_a_uniform_guess_and_a_little_more()
    {
        var split = new PairSplit(113, 0.3, 0);
        PairLosses losses = CrossEntropy.Of(new ModularTask(113), ModelActivations.Compute(Weights).Logits, 114);

        // Uniform: ln 114 = 4.736. Released runs begin at 4.76 to 4.78; the published band of claim A.15 is 4.6 to 4.9.
        losses.On(split.Train).Loss.Should().BeInRange(4.6, 4.9);
        losses.On(split.Test).Loss.Should().BeInRange(4.6, 4.9);
        losses.OnAll().Accuracy.Should().BeLessThan(0.03, "chance is 1/113");
    }
}

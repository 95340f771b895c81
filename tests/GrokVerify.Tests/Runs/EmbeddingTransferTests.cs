using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class EmbeddingTransferTests
{
    private static readonly TrainingConfig Config = new() { Model = new TransformerConfig { Prime = 31, DModel = 128 }, Seed = 3 };
    private static readonly TransformerWeights Small = WeightInitializer.Initialize(Config.Model with { DModel = 16 }, 9);

    [Test]
    public void Only_the_embedding_is_taken_over()
    {
        TransformerWeights weights = new EmbeddingTransfer().Of(Config, Origin, 40);
        TransformerWeights initial = TrainingState.Initial(Config).Weights;

        weights.Layout.Tensors.Where(tensor => !weights[tensor.Name].SequenceEqual(initial[tensor.Name])).Select(tensor => tensor.Name).Should().Equal("W_E");
    }

    /// <summary>An inner product of two vectors of length r, mapped by normal numbers of variance 1/128, has a standard deviation of at most r squared times the square root of 2/128, which is 0.125.</summary>
    [Test]
    public void Tokens_keep_their_lengths_and_angles_on_average()
    {
        TransformerWeights weights = new EmbeddingTransfer().Of(Config, Origin, 40);
        double[] errors =
        [
            .. from one in Enumerable.Range(0, 31)
               from other in Enumerable.Range(0, 31)
               let lengths = Math.Sqrt(Product(Small, one, one) * Product(Small, other, other))
               select (Product(weights, one, other) - Product(Small, one, other)) / lengths,
        ];

        Math.Sqrt(errors.Average(error => error * error)).Should().BeInRange(0.05, 0.15);
        errors.Average().Should().BeInRange(-0.05, 0.05);
    }

    [Test]
    public void Another_seed_lays_it_in_otherwise() =>
        new EmbeddingTransfer().Of(Config with { Seed = 4 }, Origin, 40)["W_E"].ToArray().Should().NotEqual(new EmbeddingTransfer().Of(Config, Origin, 40)["W_E"].ToArray());

    private static TransformerWeights Origin(long epoch) => epoch == 40 ? Small : throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "the last network is asked for");

    private static double Product(TransformerWeights weights, int one, int other)
    {
        int width = weights.Config.DModel;
        float[] embedding = weights["W_E"].ToArray();
        return Enumerable.Range(0, width).Sum(i => (double)embedding[(one * width) + i] * embedding[(other * width) + i]);
    }
}

using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Runs;

/// <summary>Initial weights but for the embedding, which is that of a smaller network, laid into this one's d_model at random: W_E = W_E,small B.</summary>
/// <remarks>
/// Source: Xu et al. 2025 (arXiv 2504.13292), who train both factors; here W_E is trained as a whole. B [d_model of the small network, d_model] has independent normal numbers of variance 1 / d_model, which keep lengths
/// and angles on average; the run's seed draws them.
/// </remarks>
internal sealed record EmbeddingTransfer : WeightTransfer
{
    public override TransformerWeights Of(TrainingConfig config, Func<long, TransformerWeights> origin, long last)
    {
        TransformerWeights weights = TrainingState.Initial(config).Weights;
        TransformerWeights small = origin(last);
        int width = config.Model.DModel;
        int smallWidth = small.Config.DModel;
        double[] map = new TorchRandom(config.Seed).Normal(smallWidth * width);
        double scale = 1 / Math.Sqrt(width);
        ReadOnlySpan<float> from = small["W_E"];
        Span<float> to = weights["W_E"];
        for (int token = 0; token < config.Model.VocabularySize; token++)
        {
            for (int column = 0; column < width; column++)
            {
                double sum = 0;
                for (int k = 0; k < smallWidth; k++)
                {
                    sum += from[(token * smallWidth) + k] * map[(k * width) + column];
                }

                to[(token * width) + column] = (float)(sum * scale);
            }
        }

        return weights;
    }
}

using System.Numerics.Tensors;
using GrokVerify.Engines;
using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Measures;

namespace GrokVerify.Ablations;

/// <summary>
/// Zero and mean ablation of the two residual connections. Source: arXiv 2301.05217 appendix A.1.
/// Around the MLP: logits then come from the MLP's output alone. Around attention: the embedding and position of "=", the same for every
/// pair, so that replacing it by its mean changes nothing; MLP and unembedding both lose it when it is set to zero.
/// </summary>
internal static class SkipAblations
{
    /// <summary>Logits from the MLP's output alone.</summary>
    public static LossAndAccuracy MlpSkipZero(NetworkSpectra network) =>
        AblatedLoss.OfLogits(network, network.Activations.MlpLogits);

    /// <summary>Past the MLP, every pair gets the mean over all pairs.</summary>
    public static LossAndAccuracy MlpSkipMean(NetworkSpectra network)
    {
        ModelActivations activations = network.Activations;
        int p = network.Task.Prime;
        double[] mean = new double[activations.SkipLogits.Columns];
        for (int pair = 0; pair < activations.SkipLogits.Rows; pair++)
        {
            TensorPrimitives.Add(mean, activations.SkipLogits.Row(pair), mean);
        }

        TensorPrimitives.Divide(mean, activations.SkipLogits.Rows, mean);
        return CrossEntropy.Of(network.Task, p, (pair, row) => TensorPrimitives.Add(activations.MlpLogits.Row(pair)[..p], mean.AsSpan(0, p), row)).OnAll();
    }

    /// <summary>The residual stream after attention is attention's output alone.</summary>
    public static LossAndAccuracy AttentionSkipZero(NetworkSpectra network) => AblatedLoss.OfResidual(network, WithoutSkip(network));

    /// <summary>The same, and attention's query is zero too: all that depends on "=" but its key and its value is gone.</summary>
    public static LossAndAccuracy QueryAndAttentionSkipZero(NetworkSpectra network) => AblatedLoss.OfResidual(network, AttentionAblations.WithoutQuery(WithoutSkip(network)));

    private static FactoredResidual WithoutSkip(NetworkSpectra network) => network.Activations.Residual with { Constant = network.Activations.Forward.AttentionOutputBias };

    /// <summary>The unaltered network, by the reason above.</summary>
    public static LossAndAccuracy AttentionSkipMean(NetworkSpectra network) =>
        AblatedLoss.OfLogits(network, network.Activations.Logits);
}

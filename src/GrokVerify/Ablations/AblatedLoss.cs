using System.Numerics.Tensors;
using GrokVerify.Engines;
using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>Loss over p classes and accuracy on all pairs of a network with an altered part.</summary>
internal static class AblatedLoss
{
    public static LossAndAccuracy OfLogits(NetworkSpectra network, Matrix logits) =>
        CrossEntropy.Of(network.Task, logits, network.Task.Prime).OnAll();

    /// <summary>With altered MLP logits, a row [p + 1] for each pair; the skip connection stays.</summary>
    public static LossAndAccuracy OfMlpLogits(NetworkSpectra network, RowBlockFiller mlpLogits) => OfLogitRows(network, (first, count, rows) =>
    {
        mlpLogits(first, count, rows);
        TensorPrimitives.Add(rows, network.Activations.SkipLogits.RowBlock(first, count), rows);
    });

    /// <summary>With an altered residual stream after attention; MLP and skip connection both see it.</summary>
    public static LossAndAccuracy OfResidual(NetworkSpectra network, FactoredResidual residual) =>
        OfLogitRows(network, network.Activations.Forward.Logits(residual));

    /// <summary>With a residual stream after attention that is the same for every pair, float64 [d_model]: every pair gets the same logits.</summary>
    public static LossAndAccuracy OfConstantResidual(NetworkSpectra network, double[] residual)
    {
        double[] logits = network.Activations.Forward.LogitsOfConstant(residual);
        return CrossEntropy.Of(network.Task, network.Task.Prime, (_, row) => logits.AsSpan(0, row.Length).CopyTo(row)).OnAll();
    }

    /// <summary>With altered weights, of the same shape.</summary>
    public static LossAndAccuracy OfWeights(NetworkSpectra network, TransformerWeights altered)
    {
        var forward = new FactoredForward(altered, network.Activations.Forward.Variant);
        return OfLogitRows(network, forward.Logits(forward.Residual()));
    }

    private static LossAndAccuracy OfLogitRows(NetworkSpectra network, RowBlockFiller logits) =>
        CrossEntropy.Of(network.Task, network.Task.Prime, network.Task.VocabularySize, logits).OnAll();
}

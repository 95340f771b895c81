using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Training;

namespace GrokVerify.Ablations;

/// <summary>Loss over p classes and accuracy on all pairs of a network with an altered part.</summary>
internal static class AblatedLoss
{
    public static LossAndAccuracy OfLogits(NetworkSpectra network, Matrix logits) =>
        CrossEntropy.Of(network.Task, logits, network.Task.Prime).OnAll();

    /// <summary>With altered MLP logits; the skip connection stays.</summary>
    public static LossAndAccuracy OfMlpLogits(NetworkSpectra network, Matrix mlpLogits)
    {
        Matrix skip = network.Activations.SkipLogits;
        int p = network.Task.Prime;
        return CrossEntropy.Of(network.Task, p, (pair, row) => TensorPrimitives.Add(skip.Row(pair)[..p], mlpLogits.Row(pair)[..p], row)).OnAll();
    }

    /// <summary>With an altered residual stream after attention; MLP and skip connection both see it.</summary>
    public static LossAndAccuracy OfResidual(NetworkSpectra network, FactoredResidual residual) =>
        OfLogits(network, network.Activations.Forward.Logits(residual));

    /// <summary>With a residual stream after attention that is the same for every pair, float64 [d_model]: every pair gets the same logits.</summary>
    public static LossAndAccuracy OfConstantResidual(NetworkSpectra network, double[] residual)
    {
        double[] logits = network.Activations.Forward.LogitsOfConstant(residual);
        return CrossEntropy.Of(network.Task, network.Task.Prime, (_, row) => logits.AsSpan(0, row.Length).CopyTo(row)).OnAll();
    }
}

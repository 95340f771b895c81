using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures;

/// <summary>
/// Restricted loss: cross-entropy of P_K L + (mean over pairs of L), the logits with the key frequencies and the mean alone, over the p classes without "=".
/// P_K projects on cos(w_k(a+b)) and sin(w_k(a+b)), k in K.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 5.1. The projector always acts on all pairs; the paper's curve is the loss on all pairs.</remarks>
internal static class RestrictedLoss
{
    /// <param name="logits">L, of any network.</param>
    /// <param name="frequencies">K, each from 1 to (p-1)/2.</param>
    public static PairLosses Of(PairLogits logits, IReadOnlyList<int> frequencies)
    {
        int p = logits.Task.Prime;
        Matrix component = new KeyFrequencyProjector(logits.Basis, frequencies).ProjectBySum(logits.Sums);
        double[] mean = logits.Sums.Mean;
        return CrossEntropy.Of(logits.Task, p, (pair, row) => TensorPrimitives.Add(component.Row(PairGridSums.LineOf(2, pair, p)), mean, row));
    }
}

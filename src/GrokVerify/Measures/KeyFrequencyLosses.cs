using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures;

/// <summary>
/// Restricted and excluded loss: cross-entropy of P_K L + (mean over pairs of L), and of L - P_K L with nothing added back,
/// over the p classes without "=".
/// </summary>
/// <remarks>
/// Source: arXiv 2301.05217 section 5.1. The projector always acts on all pairs. The paper's curves are restricted loss on all pairs and excluded loss on the train pairs.
/// </remarks>
public static class KeyFrequencyLosses
{
    /// <summary>Losses with the key frequencies and the mean alone.</summary>
    public static PairLosses Restricted(PairLogits logits, IReadOnlyList<int> frequencies)
    {
        int p = logits.Task.Prime;
        Matrix component = new KeyFrequencyProjector(logits.Basis, frequencies).ProjectBySum(logits.Sums);
        double[] mean = logits.Sums.Mean;
        return CrossEntropy.Of(logits.Task, p, (pair, row) => TensorPrimitives.Add(component.Row(PairGridSums.LineOf(2, pair, p)), mean, row));
    }

    /// <summary>Losses with the key frequencies taken out.</summary>
    public static PairLosses Excluded(PairLogits logits, IReadOnlyList<int> frequencies)
    {
        int p = logits.Task.Prime;
        Matrix component = new KeyFrequencyProjector(logits.Basis, frequencies).ProjectBySum(logits.Sums);
        return CrossEntropy.Of(logits.Task, p, (pair, row) => TensorPrimitives.Subtract(logits.Values.Row(pair)[..p], component.Row(PairGridSums.LineOf(2, pair, p)), row));
    }
}

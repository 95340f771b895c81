using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures;

/// <summary>
/// Excluded loss: cross-entropy of L - P_K L, the logits with the key frequencies taken out and nothing added back, over the p classes without "=".
/// P_K projects on cos(w_k(a+b)) and sin(w_k(a+b)), k in K: the run's key set, as the text of section 5.1 says, or all (p-1)/2 frequencies. Figure 7 plots the latter, which needs no key set and so can be
/// measured while a run goes on.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 5.1. The projector always acts on all pairs; the paper's curve is the loss on the train pairs.</remarks>
internal static class ExcludedLoss
{
    /// <summary>With all frequencies taken out: what of each logit depends on a + b alone is gone, but for its mean.</summary>
    /// <param name="logits">L, of any network.</param>
    public static PairLosses OfAllFrequencies(PairLogits logits) => Of(logits, [.. Enumerable.Range(1, logits.Task.Prime / 2)]);

    /// <param name="logits">L, of any network.</param>
    /// <param name="frequencies">K, each from 1 to (p-1)/2; one alone for the excluded loss of that frequency.</param>
    public static PairLosses Of(PairLogits logits, IReadOnlyList<int> frequencies)
    {
        int p = logits.Task.Prime;
        Matrix component = new KeyFrequencyProjector(logits.Basis, frequencies).ProjectBySum(logits.Sums);
        return CrossEntropy.Of(logits.Task, p, (pair, row) => TensorPrimitives.Subtract(logits.Values.Row(pair)[..p], component.Row(PairGridSums.LineOf(2, pair, p)), row));
    }
}

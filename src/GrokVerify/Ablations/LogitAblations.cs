using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>Interventions on the logits in the Fourier basis of the pair grid. Source: arXiv 2301.05217 sections 4.2 and 4.4.</summary>
internal static class LogitAblations
{
    /// <summary>Keeps the mean and the full eight coefficients {1, cos, sin} x {1, cos, sin} of each key frequency.</summary>
    public static LossAndAccuracy KeyBlocksOnly(PairLogits logits, IReadOnlyList<int> frequencies)
    {
        logits.Basis.RequireFrequencies(frequencies);
        RowFiller projection = new PairGridSpectrum(logits.Basis, logits.Sums).Projection(_ => frequencies);
        return CrossEntropy.Of(logits.Task, logits.Task.Prime, projection).OnAll();
    }

    /// <summary>Replaces the logits by sum over K of alpha_k cos(w_k(a+b-c)).</summary>
    public static LossAndAccuracy Cosines(PairLogits logits, IReadOnlyList<int> frequencies)
    {
        logits.Basis.RequireFrequencies(frequencies);
        int p = logits.Task.Prime;
        var byOffset = new double[p];
        for (int d = 0; d < p; d++)
        {
            byOffset[d] = frequencies.Sum(k => logits.Alpha[k] * logits.Basis.Cosine(k, d));
        }

        return CrossEntropy.Of(logits.Task, p, (pair, row) =>
        {
            int sum = PairGridSums.LineOf(2, pair, p);
            for (int c = 0; c < p; c++)
            {
                row[c] = byOffset[(sum - c + p) % p];
            }
        }).OnAll();
    }
}

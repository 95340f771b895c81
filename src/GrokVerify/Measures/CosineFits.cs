using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures;

/// <summary>
/// How near sums of cosines come to one network. With P[(a, b), c] its softmax, all that a sum in a + b - c alone is compared with is the mean of P ln P and the mean of P for each a + b - c: both are taken once.
/// </summary>
internal sealed class CosineFits
{
    private readonly PairLogits _logits;
    private readonly double _negativeEntropy;
    private readonly double[] _byOffset;

    /// <param name="logits">Those of the network, with the labels a + b.</param>
    public CosineFits(PairLogits logits)
    {
        _logits = logits;
        int p = logits.Task.Prime;
        _byOffset = new double[p];
        double[] row = new double[p];
        double[] chances = new double[p];
        for (int pair = 0; pair < p * p; pair++)
        {
            logits.Values.Row(pair)[..p].CopyTo(row);
            LogSoftMax(row);
            TensorPrimitives.Exp(row, chances);
            int sum = PairGridSums.LineOf(2, pair, p);
            for (int c = 0; c < p; c++)
            {
                _negativeEntropy += chances[c] * row[c] / (p * p);
                _byOffset[(sum - c + p) % p] += chances[c] / (p * p);
            }
        }
    }

    /// <param name="frequencies">Each once.</param>
    /// <param name="coefficient">x_k.</param>
    public CosineFit Of(IReadOnlyList<int> frequencies, Func<int, double> coefficient)
    {
        int p = _logits.Task.Prime;
        double[] values = [.. Enumerable.Range(0, p).Select(d => frequencies.Sum(k => coefficient(k) * _logits.Basis.Cosine(k, d)))];
        double[] logSoftMax = [.. values];
        LogSoftMax(logSoftMax);
        double[] row = new double[p];
        int right = 0;
        for (int sum = 0; sum < p; sum++)
        {
            for (int c = 0; c < p; c++)
            {
                row[c] = values[(sum - c + p) % p];
            }

            right += FirstLargest.IndexIn(row) == sum ? 1 : 0;
        }

        double divergence = _negativeEntropy - TensorPrimitives.Dot<double>(_byOffset, logSoftMax);
        return new CosineFit((double)right / p, -logSoftMax[0], Math.Max(0, divergence), _logits.Alpha.FractionOfVarianceExplained(frequencies, coefficient));
    }

    private static void LogSoftMax(Span<double> logits)
    {
        double largest = TensorPrimitives.Max<double>(logits);
        double sum = 0;
        foreach (double logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        TensorPrimitives.Subtract(logits, largest + Math.Log(sum), logits);
    }
}

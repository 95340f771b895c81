using System.Numerics.Tensors;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>
/// Cross-entropy in nats that keeps full relative precision however small the loss: with d_j = l_j - l_y and
/// S = sum over j != y of exp(d_j), loss = log1p(S); where some d_j is positive, exp(max d) is factored out.
/// </summary>
/// <remarks>
/// The number of classes is the caller's: p + 1 for the losses that training sees, p (without "=") wherever logits are analysed or altered,
/// as in the authors' released code. A pair counts as right when the largest logit is the label's; of equal largest logits the lowest class is the prediction.
/// </remarks>
public static class CrossEntropy
{
    /// <summary>Losses of all pairs.</summary>
    /// <param name="task">The labels.</param>
    /// <param name="logits">float64 [p * p, classes or more]; columns past <paramref name="classes"/> are left out.</param>
    /// <param name="classes">p or p + 1.</param>
    public static PairLosses Of(ModularTask task, Matrix logits, int classes) =>
        Of(task, classes, (pair, row) => logits.Row(pair)[..row.Length].CopyTo(row));

    /// <summary>Losses of all pairs, for logits that are made row by row.</summary>
    /// <param name="task">The labels.</param>
    /// <param name="classes">p or p + 1.</param>
    /// <param name="logits">Writes the logits of a pair: float64 [classes].</param>
    public static PairLosses Of(ModularTask task, int classes, RowFiller logits)
    {
        double[] losses = new double[task.PairCount];
        bool[] correct = new bool[task.PairCount];
        MatrixProduct.ForRowBlocks(task.PairCount, (first, count) =>
        {
            double[] row = new double[classes];
            for (int pair = first; pair < first + count; pair++)
            {
                logits(pair, row);
                int label = task.Labels[pair];
                correct[pair] = Prediction(row) == label;
                losses[pair] = Loss(row, label);
            }
        });
        return new PairLosses(losses, correct);
    }

    /// <summary>The lowest class among those with the largest logit.</summary>
    public static int Prediction(ReadOnlySpan<double> logits)
    {
        int best = 0;
        for (int j = 1; j < logits.Length; j++)
        {
            if (logits[j] > logits[best])
            {
                best = j;
            }
        }

        return best;
    }

    /// <summary>The loss of one row of logits, which is overwritten.</summary>
    private static double Loss(Span<double> logits, int label)
    {
        TensorPrimitives.Subtract(logits, logits[label], logits);
        double largest = logits[Prediction(logits)];
        TensorPrimitives.Subtract(logits, largest, logits);
        TensorPrimitives.Exp(logits, logits);
        double others = 0;
        for (int j = 0; j < logits.Length; j++)
        {
            others += j == label ? 0 : logits[j];
        }

        return largest == 0 ? LogOnePlus(others) : largest + Math.Log(logits[label] + others);
    }

    /// <summary>ln(1 + x) for x from 0 up, to a few units in the last place (W. Kahan's correction of the rounding of 1 + x).</summary>
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}

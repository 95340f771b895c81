using System.Buffers;
using System.Numerics.Tensors;
using GrokVerify.Numerics;
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
internal static class CrossEntropy
{
    /// <summary>Losses of all pairs.</summary>
    /// <param name="task">The labels.</param>
    /// <param name="logits">float64 [p * p, classes or more]; columns past <paramref name="classes"/> are left out.</param>
    /// <param name="classes">p or p + 1.</param>
    public static PairLosses Of(ModularTask task, Matrix logits, int classes) =>
        Of(task, classes, logits.Columns, (first, count, rows) => logits.RowBlock(first, count).CopyTo(rows));

    /// <summary>Losses of all pairs, for logits that are made row by row.</summary>
    /// <param name="task">The labels.</param>
    /// <param name="classes">p or p + 1.</param>
    /// <param name="logits">Writes the logits of a pair: float64 [classes].</param>
    public static PairLosses Of(ModularTask task, int classes, RowFiller logits) => Of(task, classes, classes, (first, count, rows) =>
    {
        for (int i = 0; i < count; i++)
        {
            logits(first + i, rows.Slice(i * classes, classes));
        }
    });

    /// <summary>Losses of all pairs, for logits that are made some rows at a time.</summary>
    /// <param name="task">The labels.</param>
    /// <param name="classes">p or p + 1.</param>
    /// <param name="columns">Logits in a row, at least <paramref name="classes"/>; those past them are left out.</param>
    /// <param name="logits">Writes the logits of some pairs: float64 [count, columns].</param>
    public static PairLosses Of(ModularTask task, int classes, int columns, RowBlockFiller logits)
    {
        double[] losses = new double[task.PairCount];
        bool[] correct = new bool[task.PairCount];
        MatrixProduct.ForRowBlocks(task.PairCount, (first, count) =>
        {
            double[] rented = ArrayPool<double>.Shared.Rent(count * columns);
            Span<double> rows = rented.AsSpan(0, count * columns);
            logits(first, count, rows);
            for (int i = 0; i < count; i++)
            {
                Span<double> row = rows.Slice(i * columns, classes);
                int label = task.Labels[first + i];
                int prediction = Prediction(row);
                correct[first + i] = prediction == label;
                losses[first + i] = Loss(row, label, prediction);
            }

            ArrayPool<double>.Shared.Return(rented);
        });
        return new PairLosses(losses, correct);
    }

    /// <summary>The lowest class among those with the largest logit.</summary>
    public static int Prediction(ReadOnlySpan<double> logits) => FirstLargest.IndexIn(logits);

    /// <summary>The loss of one row of logits, which is overwritten. Subtraction keeps their order, so that the prediction's stays the largest.</summary>
    private static double Loss(Span<double> logits, int label, int prediction)
    {
        TensorPrimitives.Subtract(logits, logits[label], logits);
        double largest = logits[prediction];
        TensorPrimitives.Subtract(logits, largest, logits);
        TensorPrimitives.Exp(logits, logits);
        double own = logits[label];
        logits[label] = 0;
        double others = LaneSum.Of(logits);
        return largest == 0 ? LogOnePlus(others) : largest + Math.Log(own + others);
    }

    /// <summary>ln(1 + x) for x from 0 up, to a few units in the last place (W. Kahan's correction of the rounding of 1 + x).</summary>
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}

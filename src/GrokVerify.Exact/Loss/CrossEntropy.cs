using System.Runtime.CompilerServices;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Loss;

/// <summary>Cross-entropy of rows of logits in the forms of <see cref="LossForm"/>, and its gradient in their place.</summary>
internal static unsafe class CrossEntropy<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Replaces the logits of some rows by the gradient of the mean loss, and adds these rows up, ascending.</summary>
    /// <param name="logits">[pairs, classes]; the fill of the last panel becomes 0.</param>
    /// <param name="labels">[pairs].</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="precision">The form of the loss.</param>
    /// <param name="pairs">The number of pairs that the mean is over.</param>
    /// <param name="sums">[1, d_vocab]: the sum of these rows.</param>
    /// <param name="targets">[pairs, classes]: a teacher's probabilities, in place of labels; null for labels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, int pairs, PanelMatrix sums, double[]? targets = null)
    {
        if (precision == LossForm.Log1p)
        {
            Log1pLoss<TLanes, TVector>.Gradient(logits, labels.AsSpan(firstRow, count), firstRow, pairs);
        }

        sums.Clear();
        for (int row = firstRow; row < firstRow + count; row++)
        {
            float* values = logits.Data + ((nint)row * PanelMatrix.Width);
            if (targets is not null)
            {
                Float64Loss.Gradient(values, logits.PanelStride, targets.AsSpan(row * logits.Columns, logits.Columns), pairs);
            }
            else if (precision == LossForm.Float32)
            {
                Float32Loss<TLanes, TVector>.Gradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
            }
            else if (precision == LossForm.Float64)
            {
                Float64Loss.Gradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
            }
            else if (precision == LossForm.StableMax)
            {
                StableMaxLoss.Gradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
            }

            for (int panel = 0; panel < logits.Panels; panel++)
            {
                float* gradient = values + (panel * logits.PanelStride);
                float* sum = sums.Data + (panel * sums.PanelStride);
                VectorMath<TLanes, TVector>.Add(sum, sum, gradient, PanelMatrix.Width);
            }
        }
    }

    /// <summary>The loss of each of some rows, and whether its largest logit is the label's (the lowest class wins a tie). Destroys the logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Losses(
        PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, double[] losses, bool[] correct)
    {
        for (int row = firstRow; row < firstRow + count; row++)
        {
            float* values = logits.Data + ((nint)row * PanelMatrix.Width);
            correct[row] = LogitRow<TLanes, TVector>.IsLargest(values, logits.PanelStride, logits.Columns, labels[row]);
            if (precision == LossForm.Float32)
            {
                losses[row] = Float32Loss<TLanes, TVector>.Loss(values, logits.PanelStride, logits.Columns, labels[row]);
            }
            else if (precision == LossForm.Float64)
            {
                losses[row] = Float64Loss.Loss(values, logits.PanelStride, logits.Columns, labels[row]);
            }
            else if (precision == LossForm.StableMax)
            {
                losses[row] = StableMaxLoss.Loss(values, logits.PanelStride, logits.Columns, labels[row]);
            }
        }

        if (precision == LossForm.Log1p)
        {
            Log1pLoss<TLanes, TVector>.Losses(logits, labels.AsSpan(firstRow, count), firstRow, losses.AsSpan(firstRow, count));
        }
    }
}

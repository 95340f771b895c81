using System.Runtime.CompilerServices;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Loss;

/// <summary>Cross-entropy in float32 that keeps its relative precision at every gap, and its gradient in the place of the logits.</summary>
/// <remarks>
/// y is the label, d_j = l_j - l_y, s = max(0, largest d_j) and S = sum over j != y of exp(d_j - s). One pass after the other goes over all rows: a row alone is a chain of operations that
/// wait for each other.
/// </remarks>
internal static unsafe class Log1pLoss<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>loss = s + log(exp(-s) + S) = s + log1p(S - 1 + exp(-s)) when s > 0, log1p(S) when s = 0.</summary>
    public static void Losses(PanelMatrix logits, ReadOnlySpan<int> labels, int firstRow, Span<double> losses)
    {
        WrongShare* shares = stackalloc WrongShare[labels.Length];
        Wrong(logits, labels, firstRow, shares);
        for (int i = 0; i < labels.Length; i++)
        {
            losses[i] = LossOf(shares[i]);
        }
    }

    /// <summary>
    /// gradient = exp(d_j - s) / ((exp(-s) + S) n), and -S / ((exp(-s) + S) n) at the label: no term cancels.
    /// Zero below <see cref="GradientFloor"/>, decided before multiplying, so that no subnormal number is ever multiplied.
    /// </summary>
    public static void Gradient(PanelMatrix logits, ReadOnlySpan<int> labels, int firstRow, int pairs)
    {
        WrongShare* shares = stackalloc WrongShare[labels.Length];
        Wrong(logits, labels, firstRow, shares);
        for (int i = 0; i < labels.Length; i++)
        {
            float* values = logits.Data + ((nint)(firstRow + i) * PanelMatrix.Width);
            (float scale, float least) = ScaleOf(shares[i], pairs);
            TVector factor = TLanes.Broadcast(scale);
            TVector floor = TLanes.Broadcast(least);
            for (int panel = 0; panel < logits.Panels; panel++)
            {
                float* wrong = values + (panel * logits.PanelStride);
                for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
                {
                    TVector share = TLanes.Load(wrong + j);
                    TLanes.Store(wrong + j, TLanes.Multiply(TLanes.SelectGreater(share, floor, share, TLanes.Broadcast(0)), factor));
                }
            }

            values[LogitRow<TLanes, TVector>.Place(labels[i], logits.PanelStride)] = OfLabel(shares[i].Sum, scale, least);
        }
    }

    /// <summary>exp(l_j - l_y - s), 0 where it would be below exp(-87).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exponential(TVector logits, TVector y, TVector s)
    {
        TVector smallest = TLanes.Broadcast(-87);
        TVector difference = TLanes.Subtract(TLanes.Subtract(logits, y), s);
        TVector wrong = VectorMath<TLanes, TVector>.ExpOfModerate(TLanes.SelectGreater(smallest, difference, smallest, difference));
        return TLanes.SelectGreater(smallest, difference, TLanes.Broadcast(0), wrong);
    }

    public static double LossOf(WrongShare share) =>
        share.Shift + DoubleMath.LogOnePlus(share.Shift > 0 ? (double)share.Sum - 1 + share.Label : share.Sum);

    /// <summary>What the exponentials are multiplied by, and how large they have to be to count.</summary>
    public static (float Scale, float Least) ScaleOf(WrongShare share, int pairs)
    {
        float whole = (share.Label + share.Sum) * pairs;
        return (1 / whole, GradientFloor.Least * whole);
    }

    /// <summary>The gradient of the label's logit.</summary>
    public static float OfLabel(float sum, float scale, float least) => sum > least ? -sum * scale : 0;

    /// <summary>What the wrong classes have, in units of exp(l_y + s).</summary>
    public struct WrongShare
    {
        /// <summary>s = max(0, largest wrong logit - l_y).</summary>
        public float Shift;

        /// <summary>First l_y, then exp(-s).</summary>
        public float Label;

        /// <summary>S = sum over j != y of exp(l_j - l_y - s).</summary>
        public float Sum;
    }

    /// <summary>
    /// Replaces the logits by exp(l_j - l_y - s), 0 at the label and in the fill, and 0 where it would be below exp(-87): the next smaller
    /// powers are subnormal, on which arithmetic is slow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wrong(PanelMatrix logits, ReadOnlySpan<int> labels, int firstRow, WrongShare* shares)
    {
        float* first = logits.Data + ((nint)firstRow * PanelMatrix.Width);
        nint stride = logits.PanelStride;
        for (int i = 0; i < labels.Length; i++)
        {
            float* label = first + (i * PanelMatrix.Width) + LogitRow<TLanes, TVector>.Place(labels[i], stride);
            shares[i].Label = *label;
            *label = float.NegativeInfinity;
            LogitRow<TLanes, TVector>.EmptyFill(first + (i * PanelMatrix.Width), stride, logits.Columns);
        }

        for (int i = 0; i < labels.Length; i++)
        {
            float gap = LogitRow<TLanes, TVector>.Largest(first + (i * PanelMatrix.Width), stride, logits.Panels) - shares[i].Label;
            shares[i].Shift = gap <= 0 ? 0 : gap;
        }

        float* partial = stackalloc float[VectorMath<TLanes, TVector>.PartialSums];
        for (int i = 0; i < labels.Length; i++)
        {
            TVector y = TLanes.Broadcast(shares[i].Label);
            TVector s = TLanes.Broadcast(shares[i].Shift);
            for (int lane = 0; lane < VectorMath<TLanes, TVector>.PartialSums; lane += TLanes.Count)
            {
                TVector sum = TLanes.Broadcast(0);
                for (int panel = 0; panel < logits.Panels; panel++)
                {
                    float* values = first + (i * PanelMatrix.Width) + (panel * stride);
                    for (int j = lane; j < PanelMatrix.Width; j += VectorMath<TLanes, TVector>.PartialSums)
                    {
                        TVector wrong = Exponential(TLanes.Load(values + j), y, s);
                        TLanes.Store(values + j, wrong);
                        sum = TLanes.Add(sum, wrong);
                    }
                }

                TLanes.Store(partial + lane, sum);
            }

            shares[i].Sum = VectorMath<TLanes, TVector>.AddTree(partial);
            shares[i].Label = TLanes.First(VectorMath<TLanes, TVector>.Exp(TLanes.Broadcast(-shares[i].Shift)));
        }
    }
}

using System.Runtime.CompilerServices;
using GrokVerify.Training;

namespace GrokVerify.Exact;

/// <summary>Cross-entropy of rows of logits, and its gradient in their place.</summary>
internal static unsafe class LossKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Replaces the logits of some rows by the gradient of the mean loss, and adds these rows up, ascending.</summary>
    /// <param name="logits">[pairs, d_vocab]; the fill of the last panel becomes 0.</param>
    /// <param name="labels">[pairs].</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="precision">The form of the loss.</param>
    /// <param name="pairs">The number of pairs that the mean is over.</param>
    /// <param name="sums">[1, d_vocab]: the sum of these rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(PanelMatrix logits, int[] labels, int firstRow, int count, LossPrecision precision, int pairs, PanelMatrix sums)
    {
        sums.Clear();
        for (int row = firstRow; row < firstRow + count; row++)
        {
            float* values = logits.Data + ((nint)row * PanelMatrix.Width);
            switch (precision)
            {
                case LossPrecision.Exact:
                    ExactGradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
                    break;
                case LossPrecision.Float32:
                    SingleGradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
                    break;
                default:
                    DoubleLoss.Gradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
                    break;
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
    public static void Evaluate(
        PanelMatrix logits, int[] labels, int firstRow, int count, LossPrecision precision, double[] losses, bool[] correct)
    {
        for (int row = firstRow; row < firstRow + count; row++)
        {
            float* values = logits.Data + ((nint)row * PanelMatrix.Width);
            correct[row] = IsLargest(values, logits.PanelStride, logits.Columns, labels[row]);
            switch (precision)
            {
                case LossPrecision.Exact:
                    WrongShare share = Wrong(values, logits.PanelStride, logits.Columns, labels[row]);

                    // loss = s + log(exp(-s) + S) = s + log1p(S - 1 + exp(-s)) when s > 0, log1p(S) when s = 0.
                    losses[row] = share.Shift > 0
                        ? share.Shift + DoubleMath.LogOnePlus((double)share.Sum - 1 + share.Label)
                        : share.Shift + DoubleMath.LogOnePlus(share.Sum);
                    break;
                case LossPrecision.Float32:
                    float label = values[Place(labels[row], logits.PanelStride)];
                    (float largest, float logSum) = LogSum(values, logits.PanelStride, logits.Columns);
                    losses[row] = -((label - largest) - logSum);
                    break;
                default:
                    losses[row] = DoubleLoss.Loss(values, logits.PanelStride, logits.Columns, labels[row]);
                    break;
            }
        }
    }

    /// <summary>What the wrong classes have, in units of exp(l_y + s).</summary>
    /// <param name="Shift">s = max(0, largest wrong logit - l_y).</param>
    /// <param name="Label">exp(-s).</param>
    /// <param name="Sum">S = sum over j != y of exp(l_j - l_y - s).</param>
    private readonly record struct WrongShare(float Shift, float Label, float Sum);

    /// <summary>
    /// gradient = exp(d_j - s) / ((exp(-s) + S) n), and -S / ((exp(-s) + S) n) at the label: no term cancels.
    /// Zero below <see cref="GradientFloor"/>, decided before multiplying, so that no subnormal number is ever multiplied.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExactGradient(float* values, nint stride, int classes, int label, int pairs)
    {
        WrongShare shares = Wrong(values, stride, classes, label);
        float whole = (shares.Label + shares.Sum) * pairs;
        float scale = 1 / whole;
        float least = GradientFloor.Least * whole;
        TVector factor = TLanes.Broadcast(scale);
        TVector floor = TLanes.Broadcast(least);
        TVector zero = TLanes.Broadcast(0);
        for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
        {
            float* wrong = values + (panel * stride);
            for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
            {
                TVector share = TLanes.Load(wrong + j);
                TLanes.Store(wrong + j, TLanes.Multiply(TLanes.SelectGreater(share, floor, share, zero), factor));
            }
        }

        values[Place(label, stride)] = shares.Sum > least ? -shares.Sum * scale : 0;
    }

    /// <summary>Replaces the logits by exp(l_j - l_y - s), 0 at the label and in the fill.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WrongShare Wrong(float* values, nint stride, int classes, int label)
    {
        float ofLabel = values[Place(label, stride)];
        values[Place(label, stride)] = float.NegativeInfinity;
        float gap = Largest(values, stride, classes) - ofLabel;
        float shift = gap <= 0 ? 0 : gap;
        float* partial = stackalloc float[VectorMath<TLanes, TVector>.PartialSums];
        TVector y = TLanes.Broadcast(ofLabel);
        TVector s = TLanes.Broadcast(shift);
        int panels = PanelMatrix.PanelCount(classes);
        for (int lane = 0; lane < VectorMath<TLanes, TVector>.PartialSums; lane += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            for (int panel = 0; panel < panels; panel++)
            {
                float* logits = values + (panel * stride);
                for (int j = lane; j < PanelMatrix.Width; j += VectorMath<TLanes, TVector>.PartialSums)
                {
                    TVector difference = TLanes.Subtract(TLanes.Subtract(TLanes.Load(logits + j), y), s);
                    TVector wrong = VectorMath<TLanes, TVector>.Exp(difference);
                    TLanes.Store(logits + j, wrong);
                    sum = TLanes.Add(sum, wrong);
                }
            }

            TLanes.Store(partial + lane, sum);
        }

        float ofLabelShifted = shift == 0 ? 1 : TLanes.First(VectorMath<TLanes, TVector>.Exp(TLanes.Broadcast(-shift)));
        return new WrongShare(shift, ofLabelShifted, VectorMath<TLanes, TVector>.AddTree(partial));
    }

    /// <summary>The float32 log-softmax: gradient = (exp(l - max - log sum) - [label]) / n, zero below <see cref="GradientFloor"/>.</summary>
    private static void SingleGradient(float* values, nint stride, int classes, int label, int pairs)
    {
        (float largest, float logSum) = LogSum(values, stride, classes);
        TVector top = TLanes.Broadcast(largest);
        TVector log = TLanes.Broadcast(logSum);
        TVector n = TLanes.Broadcast(pairs);
        TVector floor = TLanes.Broadcast(GradientFloor.Least * pairs);
        TVector zero = TLanes.Broadcast(0);
        for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
        {
            float* logits = values + (panel * stride);
            for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
            {
                TVector logProbability = TLanes.Subtract(TLanes.Subtract(TLanes.Load(logits + j), top), log);
                TVector probability = VectorMath<TLanes, TVector>.Exp(logProbability);
                TLanes.Store(logits + j, TLanes.SelectGreater(probability, floor, probability, zero));
            }
        }

        values[Place(label, stride)] -= 1;
        for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
        {
            float* gradient = values + (panel * stride);
            for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
            {
                TLanes.Store(gradient + j, TLanes.Divide(TLanes.Load(gradient + j), n));
            }
        }
    }

    /// <summary>The largest logit, and log sum exp(l - largest), rounded to float32.</summary>
    private static (float Largest, float LogSum) LogSum(float* values, nint stride, int classes)
    {
        float largest = Largest(values, stride, classes);
        float* partial = stackalloc float[VectorMath<TLanes, TVector>.PartialSums];
        TVector top = TLanes.Broadcast(largest);
        for (int lane = 0; lane < VectorMath<TLanes, TVector>.PartialSums; lane += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
            {
                for (int j = lane; j < PanelMatrix.Width; j += VectorMath<TLanes, TVector>.PartialSums)
                {
                    TVector logits = TLanes.Load(values + (panel * stride) + j);
                    sum = TLanes.Add(sum, VectorMath<TLanes, TVector>.Exp(TLanes.Subtract(logits, top)));
                }
            }

            TLanes.Store(partial + lane, sum);
        }

        return (largest, (float)DoubleMath.Log(VectorMath<TLanes, TVector>.AddTree(partial)));
    }

    /// <summary>The largest of a row; writes negative infinity into the fill of the last panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(float* values, nint stride, int classes)
    {
        int panels = PanelMatrix.PanelCount(classes);
        for (int j = classes; j < panels * PanelMatrix.Width; j++)
        {
            values[Place(j, stride)] = float.NegativeInfinity;
        }

        float* partial = stackalloc float[VectorMath<TLanes, TVector>.PartialSums];
        TVector largest = TLanes.Load(values);
        for (int panel = 0; panel < panels; panel++)
        {
            for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
            {
                TVector logits = TLanes.Load(values + (panel * stride) + j);
                largest = TLanes.SelectGreater(logits, largest, logits, largest);
            }
        }

        TLanes.Store(partial, largest);
        float top = partial[0];
        for (int lane = 1; lane < TLanes.Count; lane++)
        {
            top = partial[lane] > top ? partial[lane] : top;
        }

        return top;
    }

    private static bool IsLargest(float* values, nint stride, int classes, int label)
    {
        float ofLabel = values[Place(label, stride)];
        float largest = Largest(values, stride, classes);
        if (!(ofLabel >= largest))
        {
            return false;
        }

        for (int j = 0; j < label; j++)
        {
            if (values[Place(j, stride)] == ofLabel)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(int column, nint stride) => (column / PanelMatrix.Width * stride) + (column % PanelMatrix.Width);
}

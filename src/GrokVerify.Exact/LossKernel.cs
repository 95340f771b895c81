using System.Runtime.CompilerServices;
using GrokVerify.Engines;

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
    public static void Gradient(PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, int pairs, PanelMatrix sums)
    {
        if (precision == LossForm.Log1p)
        {
            ExactGradient(logits, labels.AsSpan(firstRow, count), firstRow, pairs);
        }

        sums.Clear();
        for (int row = firstRow; row < firstRow + count; row++)
        {
            float* values = logits.Data + ((nint)row * PanelMatrix.Width);
            if (precision == LossForm.Float32)
            {
                SingleGradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
            }
            else if (precision == LossForm.Float64)
            {
                DoubleLoss.Gradient(values, logits.PanelStride, logits.Columns, labels[row], pairs);
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
        PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, double[] losses, bool[] correct)
    {
        for (int row = firstRow; row < firstRow + count; row++)
        {
            float* values = logits.Data + ((nint)row * PanelMatrix.Width);
            correct[row] = IsLargest(values, logits.PanelStride, logits.Columns, labels[row]);
            if (precision == LossForm.Float32)
            {
                float label = values[Place(labels[row], logits.PanelStride)];
                (float largest, float logSum) = LogSum(values, logits.PanelStride, logits.Columns);
                losses[row] = -((label - largest) - logSum);
            }
            else if (precision == LossForm.Float64)
            {
                losses[row] = DoubleLoss.Loss(values, logits.PanelStride, logits.Columns, labels[row]);
            }
        }

        if (precision == LossForm.Log1p)
        {
            ExactLosses(logits, labels.AsSpan(firstRow, count), firstRow, losses.AsSpan(firstRow, count));
        }
    }

    /// <summary>What the wrong classes have, in units of exp(l_y + s).</summary>
    private struct WrongShare
    {
        /// <summary>s = max(0, largest wrong logit - l_y).</summary>
        public float Shift;

        /// <summary>First l_y, then exp(-s).</summary>
        public float Label;

        /// <summary>S = sum over j != y of exp(l_j - l_y - s).</summary>
        public float Sum;
    }

    /// <summary>loss = s + log(exp(-s) + S) = s + log1p(S - 1 + exp(-s)) when s > 0, log1p(S) when s = 0.</summary>
    private static void ExactLosses(PanelMatrix logits, ReadOnlySpan<int> labels, int firstRow, Span<double> losses)
    {
        WrongShare* shares = stackalloc WrongShare[labels.Length];
        Wrong(logits, labels, firstRow, shares);
        for (int i = 0; i < labels.Length; i++)
        {
            double beyondOne = shares[i].Shift > 0 ? (double)shares[i].Sum - 1 + shares[i].Label : shares[i].Sum;
            losses[i] = shares[i].Shift + DoubleMath.LogOnePlus(beyondOne);
        }
    }

    /// <summary>
    /// gradient = exp(d_j - s) / ((exp(-s) + S) n), and -S / ((exp(-s) + S) n) at the label: no term cancels.
    /// Zero below <see cref="GradientFloor"/>, decided before multiplying, so that no subnormal number is ever multiplied.
    /// </summary>
    private static void ExactGradient(PanelMatrix logits, ReadOnlySpan<int> labels, int firstRow, int pairs)
    {
        WrongShare* shares = stackalloc WrongShare[labels.Length];
        Wrong(logits, labels, firstRow, shares);
        TVector zero = TLanes.Broadcast(0);
        for (int i = 0; i < labels.Length; i++)
        {
            float* values = logits.Data + ((nint)(firstRow + i) * PanelMatrix.Width);
            float whole = (shares[i].Label + shares[i].Sum) * pairs;
            float scale = 1 / whole;
            float least = GradientFloor.Least * whole;
            TVector factor = TLanes.Broadcast(scale);
            TVector floor = TLanes.Broadcast(least);
            for (int panel = 0; panel < logits.Panels; panel++)
            {
                float* wrong = values + (panel * logits.PanelStride);
                for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
                {
                    TVector share = TLanes.Load(wrong + j);
                    TLanes.Store(wrong + j, TLanes.Multiply(TLanes.SelectGreater(share, floor, share, zero), factor));
                }
            }

            values[Place(labels[i], logits.PanelStride)] = shares[i].Sum > least ? -shares[i].Sum * scale : 0;
        }
    }

    /// <summary>
    /// Replaces the logits by exp(l_j - l_y - s), 0 at the label and in the fill, and 0 where it would be below exp(-87): the next smaller
    /// powers are subnormal, on which arithmetic is slow.
    /// </summary>
    /// <remarks>One pass after the other over all rows: a row alone is a chain of operations that wait for each other.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wrong(PanelMatrix logits, ReadOnlySpan<int> labels, int firstRow, WrongShare* shares)
    {
        float* first = logits.Data + ((nint)firstRow * PanelMatrix.Width);
        nint stride = logits.PanelStride;
        for (int i = 0; i < labels.Length; i++)
        {
            float* label = first + (i * PanelMatrix.Width) + Place(labels[i], stride);
            shares[i].Label = *label;
            *label = float.NegativeInfinity;
            EmptyFill(first + (i * PanelMatrix.Width), stride, logits.Columns);
        }

        for (int i = 0; i < labels.Length; i++)
        {
            float gap = Largest(first + (i * PanelMatrix.Width), stride, logits.Panels) - shares[i].Label;
            shares[i].Shift = gap <= 0 ? 0 : gap;
        }

        float* partial = stackalloc float[VectorMath<TLanes, TVector>.PartialSums];
        TVector smallest = TLanes.Broadcast(-87);
        TVector zero = TLanes.Broadcast(0);
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
                        TVector difference = TLanes.Subtract(TLanes.Subtract(TLanes.Load(values + j), y), s);
                        TVector wrong = VectorMath<TLanes, TVector>.ExpOfModerate(TLanes.SelectGreater(smallest, difference, smallest, difference));
                        wrong = TLanes.SelectGreater(smallest, difference, zero, wrong);
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
        EmptyFill(values, stride, classes);
        float largest = Largest(values, stride, PanelMatrix.PanelCount(classes));
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

    /// <summary>Writes negative infinity into the fill of a row's last panel.</summary>
    private static void EmptyFill(float* values, nint stride, int classes)
    {
        int used = classes % PanelMatrix.Width;
        float* last = values + Place(classes - 1, stride) - ((classes - 1) % PanelMatrix.Width);
        for (int j = used; used > 0 && j < PanelMatrix.Width; j++)
        {
            last[j] = float.NegativeInfinity;
        }
    }

    /// <summary>The largest of a row, fill included.</summary>
    private static float Largest(float* values, nint stride, int panels)
    {
        TVector even = TLanes.Load(values);
        TVector odd = even;
        for (int panel = 0; panel < panels; panel++)
        {
            for (int j = 0; j < PanelMatrix.Width; j += 2 * TLanes.Count)
            {
                TVector first = TLanes.Load(values + (panel * stride) + j);
                TVector second = TLanes.Load(values + (panel * stride) + j + TLanes.Count);
                even = TLanes.SelectGreater(first, even, first, even);
                odd = TLanes.SelectGreater(second, odd, second, odd);
            }
        }

        return VectorMath<TLanes, TVector>.Largest(TLanes.SelectGreater(odd, even, odd, even));
    }

    private static bool IsLargest(float* values, nint stride, int classes, int label)
    {
        float ofLabel = values[Place(label, stride)];
        EmptyFill(values, stride, classes);
        float largest = Largest(values, stride, PanelMatrix.PanelCount(classes));
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
    private static nint Place(int column, nint stride) => ((nint)((uint)column / PanelMatrix.Width) * stride) + (nint)((uint)column % PanelMatrix.Width);
}

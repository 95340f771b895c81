using System.Runtime.CompilerServices;
using GrokVerify.Engines;
using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Loss;
using GrokVerify.Exact.Vectors;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>Where losses of pairs go.</summary>
internal struct LossArrays
{
    /// <summary>[networks, capacity].</summary>
    public ArrayView<double> Losses;

    /// <summary>[networks, capacity]: 1 where the largest logit is the label's.</summary>
    public ArrayView<int> Hits;

    /// <summary>Pairs of one network.</summary>
    public int Capacity;
}

/// <summary>Cross-entropy of rows of logits in its three forms, and its gradient in their place.</summary>
/// <remarks>
/// Sixteen threads for each row: thread i has the classes i, i + 16, i + 32 ... of the exact engine's partial sum i. Rows past the last are computed as the last, for all threads of a warp exchange
/// partial sums, and not stored. What fills up the last panel is no class.
/// </remarks>
internal static class LossKernels
{
    public const int ThreadsPerRow = VectorMath<GpuLanes, float>.PartialSums;

    /// <summary>As <c>Log1pLoss.Gradient</c>.</summary>
    public static void Log1pGradient(NetworkArrays networks, PairArrays pairs, GpuMatrix logits, int classes)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int count = integers[pairs.Count];
        int row = Row(count);
        bool isPresent = GlobalRow() < count;
        int label = integers[pairs.Labels + row];
        Log1pLoss<GpuLanes, float>.WrongShare share = Share(memory, logits, row, classes, label, isPresent);
        (float scale, float least) = Log1pLoss<GpuLanes, float>.ScaleOf(share, count);
        for (int j = Lane(); j < Filled(classes); j += ThreadsPerRow)
        {
            int at = logits.At(row, j);
            float wrong = memory[at];
            wrong = (wrong > least ? wrong : 0) * scale;
            if (isPresent)
            {
                memory[at] = j == label ? Log1pLoss<GpuLanes, float>.OfLabel(share.Sum, scale, least) : wrong;
            }
        }
    }

    /// <summary>As <c>Log1pLoss.Losses</c>.</summary>
    public static void Log1pLosses(NetworkArrays networks, PairArrays pairs, GpuMatrix logits, int classes, LossArrays losses)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int count = integers[pairs.Count];
        int row = Row(count);
        int label = integers[pairs.Labels + row];
        float ofLabel = memory[logits.At(row, label)];
        float largest = Largest(memory, logits, row, classes, -1);
        int isHit = IsHit(memory, logits, row, label, ofLabel, largest);
        Log1pLoss<GpuLanes, float>.WrongShare share = Share(memory, logits, row, classes, label, isKept: false);
        if (Lane() == 0 && GlobalRow() < count)
        {
            losses.Losses[((long)place * losses.Capacity) + row] = Log1pLoss<GpuLanes, float>.LossOf(share);
            losses.Hits[((long)place * losses.Capacity) + row] = isHit;
        }
    }

    /// <summary>As <c>Float32Loss.Gradient</c>.</summary>
    public static void Float32Gradient(NetworkArrays networks, PairArrays pairs, GpuMatrix logits, int classes)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int count = integers[pairs.Count];
        int row = Row(count);
        bool isPresent = GlobalRow() < count;
        int label = integers[pairs.Labels + row];
        float largest = Largest(memory, logits, row, classes, -1);
        float logSum = Float32LogSum(memory, logits, row, classes, largest);
        float n = count;
        float floor = GradientFloor.Least * n;
        for (int j = Lane(); j < Filled(classes); j += ThreadsPerRow)
        {
            float gradient = Float32Loss<GpuLanes, float>.Probability(Logit(memory, logits, row, classes, j), largest, logSum, floor);
            gradient = j == label ? gradient - 1 : gradient;
            if (isPresent)
            {
                memory[logits.At(row, j)] = gradient / n;
            }
        }
    }

    /// <summary>As <c>Float32Loss.Loss</c>.</summary>
    public static void Float32Losses(NetworkArrays networks, PairArrays pairs, GpuMatrix logits, int classes, LossArrays losses)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int count = integers[pairs.Count];
        int row = Row(count);
        int label = integers[pairs.Labels + row];
        float ofLabel = memory[logits.At(row, label)];
        float largest = Largest(memory, logits, row, classes, -1);
        int isHit = IsHit(memory, logits, row, label, ofLabel, largest);
        float logSum = Float32LogSum(memory, logits, row, classes, largest);
        if (Lane() == 0 && GlobalRow() < count)
        {
            losses.Losses[((long)place * losses.Capacity) + row] = -((ofLabel - largest) - logSum);
            losses.Hits[((long)place * losses.Capacity) + row] = isHit;
        }
    }

    /// <summary>As <c>Float64Loss.Gradient</c>: a row for each thread, its classes one after the other.</summary>
    public static void Float64Gradient(NetworkArrays networks, PairArrays pairs, GpuMatrix logits, int classes)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int count = integers[pairs.Count];
        int row = Grid.GlobalIndex.X;
        if (row < count)
        {
            int label = integers[pairs.Labels + row];
            double largest = Float64Largest(memory, logits, row, classes);
            double logSum = Float64LogSum(memory, logits, row, classes, largest);
            for (int j = 0; j < Filled(classes); j++)
            {
                int at = logits.At(row, j);
                memory[at] = j < classes ? Float64Loss.Gradient(memory[at], largest, logSum, j == label, count) : 0;
            }
        }
    }

    /// <summary>As <c>Float64Loss.Loss</c>: a row for each thread.</summary>
    public static void Float64Losses(NetworkArrays networks, PairArrays pairs, GpuMatrix logits, int classes, LossArrays losses)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int row = Grid.GlobalIndex.X;
        if (row < integers[pairs.Count])
        {
            int label = integers[pairs.Labels + row];
            float ofLabel = memory[logits.At(row, label)];
            double largest = Float64Largest(memory, logits, row, classes);
            int isHit = ofLabel >= largest ? 1 : 0;
            for (int j = 0; j < label; j++)
            {
                isHit = memory[logits.At(row, j)] == ofLabel ? 0 : isHit;
            }

            losses.Losses[((long)place * losses.Capacity) + row] = -(ofLabel - largest - Float64LogSum(memory, logits, row, classes, largest));
            losses.Hits[((long)place * losses.Capacity) + row] = isHit;
        }
    }

    /// <summary>Adds a network's losses and hits to what it has already, in the order of the pairs: a group of threads for each network. As <c>Evaluation.Mean</c>.</summary>
    public static void Add(NetworkArrays networks, PairArrays pairs, LossArrays losses, ArrayView<double> loss, ArrayView<int> hits)
    {
        ArrayView<double> terms = SharedMemory.Allocate<double>(OrderedSum.Terms);
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        int count = networks.IntegersOf(place)[pairs.Count];
        double sum = loss[place];
        double correct = hits[place]; // a whole number, so exact
        for (int first = 0; first < count; first += OrderedSum.Terms)
        {
            int present = Math.Min(OrderedSum.Terms, count - first);
            long at = ((long)place * losses.Capacity) + first + Math.Min(Group.IdxX, present - 1);
            sum = OrderedSum.Add(terms, sum, losses.Losses[at], present);
            correct = OrderedSum.Add(terms, correct, losses.Hits[at], present);
        }

        if (Group.IdxX == 0)
        {
            loss[place] = sum;
            hits[place] = (int)correct;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Lane() => Group.IdxX % ThreadsPerRow;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int GlobalRow() => Grid.GlobalIndex.X / ThreadsPerRow;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Row(int count) => Math.Min(GlobalRow(), count - 1);

    /// <summary>Classes and what fills up the last panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Filled(int classes) => (classes + GpuMatrix.Width - 1) / GpuMatrix.Width * GpuMatrix.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Logit(ArrayView<float> memory, GpuMatrix logits, int row, int classes, int j) =>
        j < classes ? memory[logits.At(row, j)] : float.NegativeInfinity;

    /// <summary>The largest logit but one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(ArrayView<float> memory, GpuMatrix logits, int row, int classes, int except)
    {
        float largest = float.NegativeInfinity;
        for (int j = Lane(); j < classes; j += ThreadsPerRow)
        {
            float logit = memory[logits.At(row, j)];
            largest = j != except && logit > largest ? logit : largest;
        }

        return WarpSum.LargestOfSixteen(largest);
    }

    /// <summary>Whether the label's logit is the largest; the lowest class wins a tie. As <c>LogitRow.IsLargest</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsHit(ArrayView<float> memory, GpuMatrix logits, int row, int label, float ofLabel, float largest)
    {
        int isTied = 0;
        for (int j = Lane(); j < label; j += ThreadsPerRow)
        {
            isTied = memory[logits.At(row, j)] == ofLabel ? 1 : isTied;
        }

        return WarpSum.AnyOfSixteen(isTied) == 0 && ofLabel >= largest ? 1 : 0;
    }

    /// <summary>What the wrong classes have; their exponentials take the place of the logits where they are kept. As <c>Log1pLoss.Wrong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Log1pLoss<GpuLanes, float>.WrongShare Share(ArrayView<float> memory, GpuMatrix logits, int row, int classes, int label, bool isKept)
    {
        Log1pLoss<GpuLanes, float>.WrongShare share = default;
        share.Label = memory[logits.At(row, label)];
        float gap = Largest(memory, logits, row, classes, label) - share.Label;
        share.Shift = gap <= 0 ? 0 : gap;
        float sum = 0;
        for (int j = Lane(); j < Filled(classes); j += ThreadsPerRow)
        {
            float logit = j == label ? float.NegativeInfinity : Logit(memory, logits, row, classes, j);
            float wrong = Log1pLoss<GpuLanes, float>.Exponential(logit, share.Label, share.Shift);
            sum += wrong;
            if (isKept)
            {
                memory[logits.At(row, j)] = wrong;
            }
        }

        share.Sum = WarpSum.OfSixteen(sum);
        share.Label = VectorMath<GpuLanes, float>.Exp(-share.Shift);
        return share;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Float32LogSum(ArrayView<float> memory, GpuMatrix logits, int row, int classes, float largest)
    {
        float sum = 0;
        for (int j = Lane(); j < Filled(classes); j += ThreadsPerRow)
        {
            sum += VectorMath<GpuLanes, float>.Exp(Logit(memory, logits, row, classes, j) - largest);
        }

        return (float)DoubleMath.Log(WarpSum.OfSixteen(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Float64Largest(ArrayView<float> memory, GpuMatrix logits, int row, int classes)
    {
        double largest = memory[logits.At(row, 0)];
        for (int j = 1; j < classes; j++)
        {
            float logit = memory[logits.At(row, j)];
            largest = logit > largest ? logit : largest;
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Float64LogSum(ArrayView<float> memory, GpuMatrix logits, int row, int classes, double largest)
    {
        double sum = 0;
        for (int j = 0; j < classes; j++)
        {
            sum += DoubleMath.Exp(memory[logits.At(row, j)] - largest);
        }

        return DoubleMath.Log(sum);
    }
}

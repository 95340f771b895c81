using System.Runtime.CompilerServices;

namespace GrokVerify.Exact;

/// <summary>
/// Attention of "=" to a and b; the rest goes to itself. The pattern from the table of scores, and the gradient of the scores from that of the pattern.
/// </summary>
internal static unsafe class AttentionKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>The pattern of the pairs of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Workspace work, PairBatch batch, int heads, int firstRow, int count)
    {
        GatherScores(work, batch, heads, firstRow, count);
        nint end = (nint)(firstRow + count) * heads;
        nint i = (nint)firstRow * heads;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            Softmax<TLanes, TVector>(work, i);
        }

        for (; i < end; i++)
        {
            Softmax<Lanes32, float>(work, i);
        }
    }

    /// <summary>In the place of the pattern's gradient of the pairs of some rows, that of the scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Workspace work, int heads, int firstRow, int count)
    {
        nint end = (nint)(firstRow + count) * heads;
        nint i = (nint)firstRow * heads;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            SoftmaxGradient<TLanes, TVector>(work, i);
        }

        for (; i < end; i++)
        {
            SoftmaxGradient<Lanes32, float>(work, i);
        }
    }

    private static void GatherScores(Workspace work, PairBatch batch, int heads, int firstRow, int count)
    {
        ReadOnlySpan<int> first = batch.First.AsSpan(firstRow, count);
        ReadOnlySpan<int> second = batch.Second.AsSpan(firstRow, count);
        for (int h = 0; h < heads; h++)
        {
            float* scores = work.Scores.Data + work.Scores.Offset(0, h);
            nint start = ((nint)firstRow * heads) + h;
            float* a = work.ScoreA + start;
            float* b = work.ScoreB + start;
            for (int row = 0; row < first.Length; row++)
            {
                *a = scores[(nint)first[row] * PanelMatrix.Width];
                *b = scores[(nint)second[row] * PanelMatrix.Width];
                a += heads;
                b += heads;
            }
        }
    }

    /// <summary>Softmax over the scores of a, b and "=", of which the last is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Softmax<TAnyLanes, TAnyVector>(Workspace work, nint i)
        where TAnyLanes : struct, ILanes<TAnyVector>
        where TAnyVector : struct
    {
        TAnyVector zero = TAnyLanes.Broadcast(0);
        TAnyVector a = TAnyLanes.Load(work.ScoreA + i);
        TAnyVector b = TAnyLanes.Load(work.ScoreB + i);
        TAnyVector largest = TAnyLanes.SelectGreater(a, b, a, b);
        largest = TAnyLanes.SelectGreater(largest, zero, largest, zero);
        a = VectorMath<TAnyLanes, TAnyVector>.Exp(TAnyLanes.Subtract(a, largest));
        b = VectorMath<TAnyLanes, TAnyVector>.Exp(TAnyLanes.Subtract(b, largest));
        TAnyVector e = VectorMath<TAnyLanes, TAnyVector>.Exp(TAnyLanes.Subtract(zero, largest));
        TAnyVector sum = TAnyLanes.Add(TAnyLanes.Add(a, b), e);
        TAnyLanes.Store(work.PatternA + i, TAnyLanes.Divide(a, sum));
        TAnyLanes.Store(work.PatternB + i, TAnyLanes.Divide(b, sum));
    }

    /// <summary>w = gradient * pattern; the scores' gradient is w - pattern * sum of w. That of "=" is 0, its pattern's gradient being what the others are relative to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SoftmaxGradient<TAnyLanes, TAnyVector>(Workspace work, nint i)
        where TAnyLanes : struct, ILanes<TAnyVector>
        where TAnyVector : struct
    {
        TAnyVector patternA = TAnyLanes.Load(work.PatternA + i);
        TAnyVector patternB = TAnyLanes.Load(work.PatternB + i);
        TAnyVector a = TAnyLanes.Multiply(TAnyLanes.Load(work.ScoreA + i), patternA);
        TAnyVector b = TAnyLanes.Multiply(TAnyLanes.Load(work.ScoreB + i), patternB);
        TAnyVector minusSum = TAnyLanes.Subtract(TAnyLanes.Broadcast(0), TAnyLanes.Add(a, b));
        TAnyLanes.Store(work.ScoreA + i, TAnyLanes.MultiplyAdd(minusSum, patternA, a));
        TAnyLanes.Store(work.ScoreB + i, TAnyLanes.MultiplyAdd(minusSum, patternB, b));
    }
}

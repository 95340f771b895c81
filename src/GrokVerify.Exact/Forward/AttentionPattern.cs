using System.Runtime.CompilerServices;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Forward;

/// <summary>What each head attends to: the softmax of its scores for a, b and "=", of which the last is 0. The pattern of "=" is what the other two leave of 1.</summary>
internal static unsafe class AttentionPattern<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>The pattern of a and of b, from their scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector A, TVector B) Softmax(TVector a, TVector b)
    {
        TVector zero = TLanes.Broadcast(0);
        TVector largest = TLanes.SelectGreater(a, b, a, b);
        largest = TLanes.SelectGreater(largest, zero, largest, zero);
        a = VectorMath<TLanes, TVector>.Exp(TLanes.Subtract(a, largest));
        b = VectorMath<TLanes, TVector>.Exp(TLanes.Subtract(b, largest));
        TVector e = VectorMath<TLanes, TVector>.Exp(TLanes.Subtract(zero, largest));
        TVector sum = TLanes.Add(TLanes.Add(a, b), e);
        return (TLanes.Divide(a, sum), TLanes.Divide(b, sum));
    }

    /// <summary>The pattern of the pairs of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(Workspace work, PairBatch batch, int firstRow, int count)
    {
        GatherScores(work, batch, firstRow, count);
        nint end = (nint)(firstRow + count) * work.Heads;
        nint i = (nint)firstRow * work.Heads;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            Softmax<TLanes, TVector>(work, i);
        }

        for (; i < end; i++)
        {
            Softmax<Lanes32, float>(work, i);
        }
    }

    private static void GatherScores(Workspace work, PairBatch batch, int firstRow, int count)
    {
        int heads = work.Heads;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Softmax<TAnyLanes, TAnyVector>(Workspace work, nint i)
        where TAnyLanes : struct, ILanes<TAnyVector>
        where TAnyVector : struct
    {
        (TAnyVector a, TAnyVector b) = AttentionPattern<TAnyLanes, TAnyVector>.Softmax(TAnyLanes.Load(work.ScoreA + i), TAnyLanes.Load(work.ScoreB + i));
        TAnyLanes.Store(work.PatternA + i, a);
        TAnyLanes.Store(work.PatternB + i, b);
    }
}

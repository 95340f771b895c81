using System.Runtime.CompilerServices;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of the scores, from that of the pattern: the softmax's.</summary>
/// <remarks>
/// With w = gradient * pattern, the gradient of a score is w - pattern * sum of w. That of "=" is 0: its score is constant, and its pattern's gradient is what the others are relative to.
/// </remarks>
internal static unsafe class ScoreGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>In the place of the pattern's gradient of the pairs of some rows, that of the scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(Workspace work, int firstRow, int count)
    {
        nint end = (nint)(firstRow + count) * work.Heads;
        nint i = (nint)firstRow * work.Heads;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            SoftmaxGradient<TLanes, TVector>(work, i);
        }

        for (; i < end; i++)
        {
            SoftmaxGradient<Lanes32, float>(work, i);
        }
    }

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

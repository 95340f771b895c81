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
    /// <summary>The gradient of the scores of a and of b, from the pattern and its gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector A, TVector B) OfSoftmax(TVector patternA, TVector patternB, TVector gradientA, TVector gradientB)
    {
        TVector a = TLanes.Multiply(gradientA, patternA);
        TVector b = TLanes.Multiply(gradientB, patternB);
        TVector minusSum = TLanes.Subtract(TLanes.Broadcast(0), TLanes.Add(a, b));
        return (TLanes.MultiplyAdd(minusSum, patternA, a), TLanes.MultiplyAdd(minusSum, patternB, b));
    }

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
        (TAnyVector a, TAnyVector b) = ScoreGradient<TAnyLanes, TAnyVector>.OfSoftmax(
            TAnyLanes.Load(work.PatternA + i), TAnyLanes.Load(work.PatternB + i), TAnyLanes.Load(work.ScoreA + i), TAnyLanes.Load(work.ScoreB + i));
        TAnyLanes.Store(work.ScoreA + i, a);
        TAnyLanes.Store(work.ScoreB + i, b);
    }
}

using System.Runtime.CompilerServices;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of a token table: for each token the sum, over the pairs that hold it, of pattern times the gradient of the pair's outputs.</summary>
internal static unsafe class TokenTableGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>One panel of a token's rows, one for each head.</summary>
    /// <param name="pairs">Those that hold the token, ascending: rows of the gradient.</param>
    /// <param name="pattern">[pairs, heads].</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="gradient">The panel of [pairs, columns].</param>
    /// <param name="sums">The panel's part of the first head's row.</param>
    /// <param name="nextHead">From there to the next head's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(ReadOnlySpan<int> pairs, float* pattern, int heads, float* gradient, float* sums, nint nextHead)
    {
        for (int offset = 0; offset < PanelMatrix.Width; offset += 2 * TLanes.Count)
        {
            int head = 0;
            for (; head + 4 <= heads; head += 4)
            {
                SumHeads<Rows4>(pairs, pattern + head, heads, gradient + offset, sums + (head * nextHead) + offset, nextHead);
            }

            for (; head < heads; head++)
            {
                SumHeads<Rows1>(pairs, pattern + head, heads, gradient + offset, sums + (head * nextHead) + offset, nextHead);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumHeads<TRows>(ReadOnlySpan<int> pairs, float* pattern, int heads, float* gradient, float* sums, nint nextHead)
        where TRows : struct, IRowCount
    {
        int n = TLanes.Count;
        int rows = TRows.Count;
        TVector zero = TLanes.Broadcast(0);
        TVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
        TVector d0 = zero, d1 = zero, d2 = zero, d3 = zero;
        foreach (int pair in pairs)
        {
            float* weight = pattern + ((nint)pair * heads);
            TVector v = TLanes.Load(gradient + ((nint)pair * PanelMatrix.Width));
            TVector w = TLanes.Load(gradient + ((nint)pair * PanelMatrix.Width) + n);
            TVector u = TLanes.Broadcast(weight[0]);
            c0 = TLanes.MultiplyAdd(u, v, c0);
            d0 = TLanes.MultiplyAdd(u, w, d0);
            if (rows > 1) { u = TLanes.Broadcast(weight[1]); c1 = TLanes.MultiplyAdd(u, v, c1); d1 = TLanes.MultiplyAdd(u, w, d1); }
            if (rows > 2) { u = TLanes.Broadcast(weight[2]); c2 = TLanes.MultiplyAdd(u, v, c2); d2 = TLanes.MultiplyAdd(u, w, d2); }
            if (rows > 3) { u = TLanes.Broadcast(weight[3]); c3 = TLanes.MultiplyAdd(u, v, c3); d3 = TLanes.MultiplyAdd(u, w, d3); }
        }

        TLanes.Store(sums, c0); TLanes.Store(sums + n, d0);
        if (rows > 1) { TLanes.Store(sums + nextHead, c1); TLanes.Store(sums + nextHead + n, d1); }
        if (rows > 2) { TLanes.Store(sums + (2 * nextHead), c2); TLanes.Store(sums + (2 * nextHead) + n, d2); }
        if (rows > 3) { TLanes.Store(sums + (3 * nextHead), c3); TLanes.Store(sums + (3 * nextHead) + n, d3); }
    }
}

using System.Runtime.CompilerServices;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Products;

/// <summary>
/// Up to twelve rows by two vectors of a product, kept in registers: c[r, j] = start, then c[r, j] = a[r, k] * b[k, j] + c[r, j], rounded once,
/// for k ascending. One chain for each element, whatever the height and the width of the tile: the shape cannot change a result.
/// </summary>
/// <remarks>The row count is a constant of the type, so each `if` below is decided when the method is compiled.</remarks>
internal static unsafe class RegisterTile<TLanes, TVector, TRows, TOrder>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRows : struct, IRowCount
    where TOrder : struct, ILeftOrder
{
    /// <param name="a">First element of the left-hand tile.</param>
    /// <param name="aPanelStride">From one panel of the left-hand side to the next.</param>
    /// <param name="b">First element of the right-hand tile.</param>
    /// <param name="depth">Number of k.</param>
    /// <param name="c">First element of the result's tile.</param>
    /// <param name="ends">How the chains begin and what becomes of their ends.</param>
    /// <param name="column">First column of the tile, for the row vectors of <paramref name="ends"/>.</param>
    /// <param name="mask">First element of the mask's tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* a, nint aPanelStride, float* b, int depth, float* c, in ProductEnds ends, nint column, float* mask)
    {
        int n = TLanes.Count;
        int rows = TRows.Count;
        if (ends.Start != ChainStart.Result)
        {
            CachePrefetch.Near(c, rows);
        }

        if (ends.Finish == ChainFinish.Mask)
        {
            CachePrefetch.Near(mask, rows);
        }

        TVector zero = TLanes.Broadcast(0);
        TVector s = zero;
        TVector t = zero;
        if (ends.Start == ChainStart.Bias)
        {
            s = TLanes.Load(ends.Bias + column);
            t = TLanes.Load(ends.Bias + column + n);
        }

        TVector c0 = s, d0 = t;
        TVector c1 = s, d1 = t;
        TVector c2 = s, d2 = t;
        TVector c3 = s, d3 = t;
        TVector c4 = s, d4 = t;
        TVector c5 = s, d5 = t;
        TVector c6 = s, d6 = t;
        TVector c7 = s, d7 = t;
        TVector c8 = s, d8 = t;
        TVector c9 = s, d9 = t;
        TVector c10 = s, d10 = t;
        TVector c11 = s, d11 = t;
        if (ends.Start == ChainStart.Result)
        {
            c0 = TLanes.Load(c + 0); d0 = TLanes.Load(c + 0 + n);
            if (rows > 1) { c1 = TLanes.Load(c + 32); d1 = TLanes.Load(c + 32 + n); }
            if (rows > 2) { c2 = TLanes.Load(c + 64); d2 = TLanes.Load(c + 64 + n); }
            if (rows > 3) { c3 = TLanes.Load(c + 96); d3 = TLanes.Load(c + 96 + n); }
            if (rows > 4) { c4 = TLanes.Load(c + 128); d4 = TLanes.Load(c + 128 + n); }
            if (rows > 5) { c5 = TLanes.Load(c + 160); d5 = TLanes.Load(c + 160 + n); }
            if (rows > 6) { c6 = TLanes.Load(c + 192); d6 = TLanes.Load(c + 192 + n); }
            if (rows > 7) { c7 = TLanes.Load(c + 224); d7 = TLanes.Load(c + 224 + n); }
            if (rows > 8) { c8 = TLanes.Load(c + 256); d8 = TLanes.Load(c + 256 + n); }
            if (rows > 9) { c9 = TLanes.Load(c + 288); d9 = TLanes.Load(c + 288 + n); }
            if (rows > 10) { c10 = TLanes.Load(c + 320); d10 = TLanes.Load(c + 320 + n); }
            if (rows > 11) { c11 = TLanes.Load(c + 352); d11 = TLanes.Load(c + 352 + n); }
        }

        int chunk = TOrder.Transposed ? depth : PanelMatrix.Width;
        int rowStride = TOrder.Transposed ? 1 : PanelMatrix.Width;
        int stepStride = TOrder.Transposed ? PanelMatrix.Width : 1;
        for (int left = depth; left > 0; left -= chunk)
        {
            float* x = a;
            float* end = a + ((nint)Math.Min(left, chunk) * stepStride);
            for (; x != end; x += stepStride)
            {
                TVector v = TLanes.Load(b);
                TVector w = TLanes.Load(b + n);
                b += PanelMatrix.Width;
                TVector u = TLanes.Broadcast(x[0]);
                c0 = TLanes.MultiplyAdd(u, v, c0);
                d0 = TLanes.MultiplyAdd(u, w, d0);
                if (rows > 1) { u = TLanes.Broadcast(x[1 * rowStride]); c1 = TLanes.MultiplyAdd(u, v, c1); d1 = TLanes.MultiplyAdd(u, w, d1); }
                if (rows > 2) { u = TLanes.Broadcast(x[2 * rowStride]); c2 = TLanes.MultiplyAdd(u, v, c2); d2 = TLanes.MultiplyAdd(u, w, d2); }
                if (rows > 3) { u = TLanes.Broadcast(x[3 * rowStride]); c3 = TLanes.MultiplyAdd(u, v, c3); d3 = TLanes.MultiplyAdd(u, w, d3); }
                if (rows > 4) { u = TLanes.Broadcast(x[4 * rowStride]); c4 = TLanes.MultiplyAdd(u, v, c4); d4 = TLanes.MultiplyAdd(u, w, d4); }
                if (rows > 5) { u = TLanes.Broadcast(x[5 * rowStride]); c5 = TLanes.MultiplyAdd(u, v, c5); d5 = TLanes.MultiplyAdd(u, w, d5); }
                if (rows > 6) { u = TLanes.Broadcast(x[6 * rowStride]); c6 = TLanes.MultiplyAdd(u, v, c6); d6 = TLanes.MultiplyAdd(u, w, d6); }
                if (rows > 7) { u = TLanes.Broadcast(x[7 * rowStride]); c7 = TLanes.MultiplyAdd(u, v, c7); d7 = TLanes.MultiplyAdd(u, w, d7); }
                if (rows > 8) { u = TLanes.Broadcast(x[8 * rowStride]); c8 = TLanes.MultiplyAdd(u, v, c8); d8 = TLanes.MultiplyAdd(u, w, d8); }
                if (rows > 9) { u = TLanes.Broadcast(x[9 * rowStride]); c9 = TLanes.MultiplyAdd(u, v, c9); d9 = TLanes.MultiplyAdd(u, w, d9); }
                if (rows > 10) { u = TLanes.Broadcast(x[10 * rowStride]); c10 = TLanes.MultiplyAdd(u, v, c10); d10 = TLanes.MultiplyAdd(u, w, d10); }
                if (rows > 11) { u = TLanes.Broadcast(x[11 * rowStride]); c11 = TLanes.MultiplyAdd(u, v, c11); d11 = TLanes.MultiplyAdd(u, w, d11); }
            }

            a += aPanelStride;
        }

        if (ends.Finish == ChainFinish.Mask)
        {
            float* sums = ends.ColumnSums + column;
            s = TLanes.Load(sums);
            t = TLanes.Load(sums + n);
            c0 = TLanes.SelectGreater(TLanes.Load(mask + 0), zero, c0, zero); d0 = TLanes.SelectGreater(TLanes.Load(mask + 0 + n), zero, d0, zero); s = TLanes.Add(s, c0); t = TLanes.Add(t, d0);
            if (rows > 1) { c1 = TLanes.SelectGreater(TLanes.Load(mask + 32), zero, c1, zero); d1 = TLanes.SelectGreater(TLanes.Load(mask + 32 + n), zero, d1, zero); s = TLanes.Add(s, c1); t = TLanes.Add(t, d1); }
            if (rows > 2) { c2 = TLanes.SelectGreater(TLanes.Load(mask + 64), zero, c2, zero); d2 = TLanes.SelectGreater(TLanes.Load(mask + 64 + n), zero, d2, zero); s = TLanes.Add(s, c2); t = TLanes.Add(t, d2); }
            if (rows > 3) { c3 = TLanes.SelectGreater(TLanes.Load(mask + 96), zero, c3, zero); d3 = TLanes.SelectGreater(TLanes.Load(mask + 96 + n), zero, d3, zero); s = TLanes.Add(s, c3); t = TLanes.Add(t, d3); }
            if (rows > 4) { c4 = TLanes.SelectGreater(TLanes.Load(mask + 128), zero, c4, zero); d4 = TLanes.SelectGreater(TLanes.Load(mask + 128 + n), zero, d4, zero); s = TLanes.Add(s, c4); t = TLanes.Add(t, d4); }
            if (rows > 5) { c5 = TLanes.SelectGreater(TLanes.Load(mask + 160), zero, c5, zero); d5 = TLanes.SelectGreater(TLanes.Load(mask + 160 + n), zero, d5, zero); s = TLanes.Add(s, c5); t = TLanes.Add(t, d5); }
            if (rows > 6) { c6 = TLanes.SelectGreater(TLanes.Load(mask + 192), zero, c6, zero); d6 = TLanes.SelectGreater(TLanes.Load(mask + 192 + n), zero, d6, zero); s = TLanes.Add(s, c6); t = TLanes.Add(t, d6); }
            if (rows > 7) { c7 = TLanes.SelectGreater(TLanes.Load(mask + 224), zero, c7, zero); d7 = TLanes.SelectGreater(TLanes.Load(mask + 224 + n), zero, d7, zero); s = TLanes.Add(s, c7); t = TLanes.Add(t, d7); }
            if (rows > 8) { c8 = TLanes.SelectGreater(TLanes.Load(mask + 256), zero, c8, zero); d8 = TLanes.SelectGreater(TLanes.Load(mask + 256 + n), zero, d8, zero); s = TLanes.Add(s, c8); t = TLanes.Add(t, d8); }
            if (rows > 9) { c9 = TLanes.SelectGreater(TLanes.Load(mask + 288), zero, c9, zero); d9 = TLanes.SelectGreater(TLanes.Load(mask + 288 + n), zero, d9, zero); s = TLanes.Add(s, c9); t = TLanes.Add(t, d9); }
            if (rows > 10) { c10 = TLanes.SelectGreater(TLanes.Load(mask + 320), zero, c10, zero); d10 = TLanes.SelectGreater(TLanes.Load(mask + 320 + n), zero, d10, zero); s = TLanes.Add(s, c10); t = TLanes.Add(t, d10); }
            if (rows > 11) { c11 = TLanes.SelectGreater(TLanes.Load(mask + 352), zero, c11, zero); d11 = TLanes.SelectGreater(TLanes.Load(mask + 352 + n), zero, d11, zero); s = TLanes.Add(s, c11); t = TLanes.Add(t, d11); }
            TLanes.Store(sums, s);
            TLanes.Store(sums + n, t);
        }

        TLanes.Store(c + 0, c0); TLanes.Store(c + 0 + n, d0);
        if (rows > 1) { TLanes.Store(c + 32, c1); TLanes.Store(c + 32 + n, d1); }
        if (rows > 2) { TLanes.Store(c + 64, c2); TLanes.Store(c + 64 + n, d2); }
        if (rows > 3) { TLanes.Store(c + 96, c3); TLanes.Store(c + 96 + n, d3); }
        if (rows > 4) { TLanes.Store(c + 128, c4); TLanes.Store(c + 128 + n, d4); }
        if (rows > 5) { TLanes.Store(c + 160, c5); TLanes.Store(c + 160 + n, d5); }
        if (rows > 6) { TLanes.Store(c + 192, c6); TLanes.Store(c + 192 + n, d6); }
        if (rows > 7) { TLanes.Store(c + 224, c7); TLanes.Store(c + 224 + n, d7); }
        if (rows > 8) { TLanes.Store(c + 256, c8); TLanes.Store(c + 256 + n, d8); }
        if (rows > 9) { TLanes.Store(c + 288, c9); TLanes.Store(c + 288 + n, d9); }
        if (rows > 10) { TLanes.Store(c + 320, c10); TLanes.Store(c + 320 + n, d10); }
        if (rows > 11) { TLanes.Store(c + 352, c11); TLanes.Store(c + 352 + n, d11); }
    }
}

using System.Runtime.CompilerServices;

namespace GrokVerify.Exact;

/// <summary>
/// What attention passes on, from tables. A head that looks at a token instead of "=" changes the MLP's input and the logits by a fixed row, v W_O W_in and
/// v W_O W_U, v being the token's value minus that of "="; there are 2p tokens and positions, so a pair's share is two rows for each head, weighted by the
/// pattern, instead of a product with d_model columns.
/// </summary>
/// <remarks>Tables are [heads 2p, columns]: row h 2p + u is what head h adds when it looks at u.</remarks>
internal static unsafe class TableKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>
    /// Rows of a result: bias, then for each head, ascending, pattern times table row for a and for b; one chain for each element.
    /// </summary>
    /// <param name="work">Holds the pattern.</param>
    /// <param name="batch">The pairs.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="mix">What to compute.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="count">Number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix(Workspace work, PairBatch batch, int heads, in TableMix mix, int firstRow, int count)
    {
        int n = TLanes.Count;
        TVector zero = TLanes.Broadcast(0);
        float* patternA = work.PatternA;
        float* patternB = work.PatternB;
        nint nextHead = (nint)work.TableRows * PanelMatrix.Width;
        ReadOnlySpan<int> firstTokens = batch.First.AsSpan(firstRow, count);
        ReadOnlySpan<int> secondTokens = batch.Second.AsSpan(firstRow, count);
        for (int panel = 0; panel < mix.Result.Panels; panel++)
        {
            for (int offset = 0; offset < PanelMatrix.Width; offset += 2 * n)
            {
                float* bias = mix.Bias.Data + ((nint)panel * PanelMatrix.Width) + offset;
                float* result = mix.Result.Data + (panel * mix.Result.PanelStride) + ((nint)firstRow * PanelMatrix.Width) + offset;
                uint* active = mix.Rectify ? work.Active.ByPair(panel, firstRow) : null;
                float* firstHead = mix.Table.Data + (panel * mix.Table.PanelStride) + offset;
                TVector biasS = TLanes.Load(bias);
                TVector biasT = TLanes.Load(bias + n);
                nint i = (nint)firstRow * heads;
                for (int row = 0; row < firstTokens.Length; row++)
                {
                    float* table = firstHead;
                    nint a = (nint)firstTokens[row] * PanelMatrix.Width;
                    nint b = (nint)secondTokens[row] * PanelMatrix.Width;
                    TVector s = biasS;
                    TVector t = biasT;
                    for (nint endOfHeads = i + heads; i < endOfHeads; i++)
                    {
                        TVector pattern = TLanes.Broadcast(patternA[i]);
                        s = TLanes.MultiplyAdd(pattern, TLanes.Load(table + a), s);
                        t = TLanes.MultiplyAdd(pattern, TLanes.Load(table + a + n), t);
                        pattern = TLanes.Broadcast(patternB[i]);
                        s = TLanes.MultiplyAdd(pattern, TLanes.Load(table + b), s);
                        t = TLanes.MultiplyAdd(pattern, TLanes.Load(table + b + n), t);
                        table += nextHead;
                    }

                    if (mix.Rectify)
                    {
                        s = TLanes.SelectGreater(zero, s, zero, s);
                        t = TLanes.SelectGreater(zero, t, zero, t);
                        uint bits = (TLanes.Active(s) | (TLanes.Active(t) << n)) << offset;
                        active[row] = offset == 0 ? bits : active[row] | bits;
                    }

                    TLanes.Store(result, s);
                    TLanes.Store(result + n, t);
                    result += PanelMatrix.Width;
                }
            }
        }
    }

    /// <summary>
    /// The gradient of the pattern of some rows, relative to that of "=": the dot product of what the MLP's input and the logits receive with the table rows. Element j goes to partial
    /// sum j mod 32, first those of the MLP's input, then the logits'; the 32 are added as one fixed tree.
    /// </summary>
    public static void PatternGradient(Workspace work, PairBatch batch, int heads, int firstRow, int count)
    {
        int head = 0;
        for (; TLanes.Count == 16 && head + 4 <= heads; head += 4)
        {
            PatternGradient<Rows4>(work, batch, heads, head, firstRow, count);
        }

        for (; head < heads; head++)
        {
            PatternGradient<Rows1>(work, batch, heads, head, firstRow, count);
        }
    }

    /// <summary>The gradient of the pattern of four heads at once, where registers suffice, or of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PatternGradient<TRows>(Workspace work, PairBatch batch, int heads, int head, int firstRow, int count)
        where TRows : struct, IRowCount
    {
        int rows = TRows.Count;
        float* partials = stackalloc float[8 * PanelMatrix.Width];
        int n = TLanes.Count;
        TVector zero = TLanes.Broadcast(0);
        PanelMatrix gradient = work.OutputGradient;
        PanelMatrix table = work.Table;
        int panels = table.Panels;
        nint gradientStride = gradient.PanelStride;
        nint tableStride = table.PanelStride;
        nint next = (nint)work.TableRows * PanelMatrix.Width;
        float* firstTable = table.Data + (head * next);
        int last = firstRow + count - 1;
        for (int row = firstRow; row <= last; row++)
        {
            nint a = (nint)batch.First[row] * PanelMatrix.Width;
            nint b = (nint)batch.Second[row] * PanelMatrix.Width;
            nint ahead = ((nint)batch.Second[Math.Min(row + 1, last)] * PanelMatrix.Width) - b;
            for (int lane = 0; lane < PanelMatrix.Width; lane += 2 * n)
            {
                TVector a0 = zero, b0 = zero, c0 = zero, d0 = zero;
                TVector a1 = zero, b1 = zero, c1 = zero, d1 = zero;
                TVector a2 = zero, b2 = zero, c2 = zero, d2 = zero;
                TVector a3 = zero, b3 = zero, c3 = zero, d3 = zero;
                float* g = gradient.Data + ((nint)row * PanelMatrix.Width) + lane;
                float* t = firstTable + lane;
                for (int panel = 0; panel < panels; panel++)
                {
                    TVector v = TLanes.Load(g);
                    TVector w = TLanes.Load(g + n);
                    float* x = t + a;
                    float* y = t + b;
                    a0 = TLanes.MultiplyAdd(v, TLanes.Load(x), a0);
                    b0 = TLanes.MultiplyAdd(w, TLanes.Load(x + n), b0);
                    c0 = TLanes.MultiplyAdd(v, TLanes.Load(y), c0);
                    d0 = TLanes.MultiplyAdd(w, TLanes.Load(y + n), d0);
                    if (rows > 1)
                    {
                        x += next;
                        y += next;
                        a1 = TLanes.MultiplyAdd(v, TLanes.Load(x), a1);
                        b1 = TLanes.MultiplyAdd(w, TLanes.Load(x + n), b1);
                        c1 = TLanes.MultiplyAdd(v, TLanes.Load(y), c1);
                        d1 = TLanes.MultiplyAdd(w, TLanes.Load(y + n), d1);
                        x += next;
                        y += next;
                        a2 = TLanes.MultiplyAdd(v, TLanes.Load(x), a2);
                        b2 = TLanes.MultiplyAdd(w, TLanes.Load(x + n), b2);
                        c2 = TLanes.MultiplyAdd(v, TLanes.Load(y), c2);
                        d2 = TLanes.MultiplyAdd(w, TLanes.Load(y + n), d2);
                        x += next;
                        y += next;
                        a3 = TLanes.MultiplyAdd(v, TLanes.Load(x), a3);
                        b3 = TLanes.MultiplyAdd(w, TLanes.Load(x + n), b3);
                        c3 = TLanes.MultiplyAdd(v, TLanes.Load(y), c3);
                        d3 = TLanes.MultiplyAdd(w, TLanes.Load(y + n), d3);
                    }

                    g += gradientStride;
                    t += tableStride;
                }

                float* partial = partials + lane;
                TLanes.Store(partial, a0); TLanes.Store(partial + n, b0);
                TLanes.Store(partial + 32, c0); TLanes.Store(partial + 32 + n, d0);
                if (rows > 1)
                {
                    TLanes.Store(partial + 64, a1); TLanes.Store(partial + 64 + n, b1);
                    TLanes.Store(partial + 96, c1); TLanes.Store(partial + 96 + n, d1);
                    TLanes.Store(partial + 128, a2); TLanes.Store(partial + 128 + n, b2);
                    TLanes.Store(partial + 160, c2); TLanes.Store(partial + 160 + n, d2);
                    TLanes.Store(partial + 192, a3); TLanes.Store(partial + 192 + n, b3);
                    TLanes.Store(partial + 224, c3); TLanes.Store(partial + 224 + n, d3);
                }
            }

            nint i = ((nint)row * heads) + head;
            for (int h = 0; h < rows; h++)
            {
                work.ScoreA[i + h] = AddTree(partials + (2 * h * PanelMatrix.Width));
                work.ScoreB[i + h] = AddTree(partials + (((2 * h) + 1) * PanelMatrix.Width));
            }
        }
    }

    /// <summary>One panel of the gradient of table rows, one row for each head: the sum over some pairs, in the order given, of pattern times gradient.</summary>
    /// <param name="pairs">Rows of the gradient.</param>
    /// <param name="pattern">[pairs, heads].</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="gradient">The panel of [pairs, columns].</param>
    /// <param name="sums">The panel's part of the first head's row.</param>
    /// <param name="nextHead">From there to the next head's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRows(ReadOnlySpan<int> pairs, float* pattern, int heads, float* gradient, float* sums, nint nextHead)
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

    /// <summary>32 partial sums as a tree: i with i + 16, then as sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float AddTree(float* partial)
    {
        VectorMath<TLanes, TVector>.Add(partial, partial, partial + 16, VectorMath<TLanes, TVector>.PartialSums);
        return VectorMath<TLanes, TVector>.AddTree(partial);
    }
}

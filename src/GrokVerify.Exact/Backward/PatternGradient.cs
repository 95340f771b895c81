using System.Runtime.CompilerServices;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of the pattern, relative to that of "=": the dot product of the gradient of a pair's outputs with the token-table rows of a and of b.</summary>
/// <remarks>Element j goes to partial sum j mod 32, first those of the MLP's inputs, then the logits'; the 32 are added as one fixed tree.</remarks>
internal static unsafe class PatternGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>That of the pairs of some rows, into the place of their scores.</summary>
    public static void Compute(Workspace work, PairBatch batch, int firstRow, int count)
    {
        int head = 0;
        for (; TLanes.Count == 16 && head + 4 <= work.Heads; head += 4)
        {
            Compute<Rows4>(work, batch, head, firstRow, count);
        }

        for (; head < work.Heads; head++)
        {
            Compute<Rows1>(work, batch, head, firstRow, count);
        }
    }

    /// <summary>Of four heads at once, where registers suffice, or of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TRows>(Workspace work, PairBatch batch, int head, int firstRow, int count)
        where TRows : struct, IRowCount
    {
        int rows = TRows.Count;
        float* partials = stackalloc float[8 * PanelMatrix.Width];
        int n = TLanes.Count;
        TVector zero = TLanes.Broadcast(0);
        PanelMatrix gradient = work.OutputGradient;
        PanelMatrix table = work.TokenTable;
        int panels = table.Panels;
        nint gradientStride = gradient.PanelStride;
        nint tableStride = table.PanelStride;
        nint next = (nint)work.TableRows * PanelMatrix.Width;
        float* firstTable = table.Data + (head * next);
        for (int row = firstRow; row < firstRow + count; row++)
        {
            nint a = (nint)batch.First[row] * PanelMatrix.Width;
            nint b = (nint)batch.Second[row] * PanelMatrix.Width;
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

            nint i = ((nint)row * work.Heads) + head;
            for (int h = 0; h < rows; h++)
            {
                work.ScoreA[i + h] = AddTree(partials + (2 * h * PanelMatrix.Width));
                work.ScoreB[i + h] = AddTree(partials + (((2 * h) + 1) * PanelMatrix.Width));
            }
        }
    }

    /// <summary>32 partial sums as a tree: i with i + 16, then as sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float AddTree(float* partial)
    {
        VectorMath<TLanes, TVector>.Add(partial, partial, partial + 16, VectorMath<TLanes, TVector>.PartialSums);
        return VectorMath<TLanes, TVector>.AddTree(partial);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Products;

/// <summary>A product with the hidden activations, or their transpose, on the left, without those that are zero.</summary>
/// <remarks>
/// A row of the result is up to eight vectors in registers: for each active neuron (or pair), ascending, c[j] = left * right[j] + c[j], rounded once. Where the
/// activation is zero, the chain of a dense product would add zero, which changes no bit of a finite sum that began at +0 or is not zero.
/// </remarks>
internal static unsafe class ActiveProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Vectors = 8;

    /// <summary>result += left times right for the active ones, ascending.</summary>
    /// <param name="active">A word for each row of the result: bit k where left[row, k] counts.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="left">The panel of activations: [rows, 32], or [32, rows] when transposed.</param>
    /// <param name="right">[up to 32, columns].</param>
    /// <param name="result">[rows, columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows<TOrder>(uint* active, int rows, float* left, PanelMatrix right, PanelMatrix result)
        where TOrder : struct, ILeftOrder
    {
        int end = result.Panels * PanelMatrix.Width;
        int vectors;
        for (int column = 0; column < end; column += vectors * TLanes.Count)
        {
            vectors = Math.Min(Vectors, (end - column) / TLanes.Count);
            float* b = right.Data + right.Offset(0, column);
            float* c = result.Data + result.Offset(0, column);
            float* a = left;
            for (int row = 0; row < rows; row++)
            {
                if (TOrder.Transposed)
                {
                    // The left-hand side is read down its columns, which no processor foresees: the next 32 pairs are asked for a row at a time.
                    CachePrefetch.Near(left + ((nint)(ActiveNeurons.Word + row) * PanelMatrix.Width), 1);
                }

                switch (vectors)
                {
                    case Vectors:
                        AddRow<Rows8, TOrder>(active[row], a, b, right.PanelStride, c, result.PanelStride);
                        break;
                    case 6:
                        AddRow<Rows6, TOrder>(active[row], a, b, right.PanelStride, c, result.PanelStride);
                        break;
                    case 4:
                        AddRow<Rows4, TOrder>(active[row], a, b, right.PanelStride, c, result.PanelStride);
                        break;
                    default:
                        AddRow<Rows2, TOrder>(active[row], a, b, right.PanelStride, c, result.PanelStride);
                        break;
                }

                a += TOrder.Transposed ? 1 : PanelMatrix.Width;
                c += PanelMatrix.Width;
            }
        }
    }

    /// <summary>One row of the result: as many vectors as the type says, side by side, a panel's after the other's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow<TVectors, TOrder>(uint active, float* a, float* b, nint bPanelStride, float* c, nint cPanelStride)
        where TVectors : struct, IRowCount
        where TOrder : struct, ILeftOrder
    {
        int n = TLanes.Count;
        int vectors = TVectors.Count;
        TVector c0 = TLanes.Load(c + At(0, cPanelStride));
        TVector c1 = TLanes.Load(c + At(1, cPanelStride));
        TVector c2 = vectors > 2 ? TLanes.Load(c + At(2, cPanelStride)) : c0;
        TVector c3 = vectors > 2 ? TLanes.Load(c + At(3, cPanelStride)) : c0;
        TVector c4 = vectors > 4 ? TLanes.Load(c + At(4, cPanelStride)) : c0;
        TVector c5 = vectors > 4 ? TLanes.Load(c + At(5, cPanelStride)) : c0;
        TVector c6 = vectors > 6 ? TLanes.Load(c + At(6, cPanelStride)) : c0;
        TVector c7 = vectors > 6 ? TLanes.Load(c + At(7, cPanelStride)) : c0;
        for (; active != 0; active &= active - 1)
        {
            nint k = BitOperations.TrailingZeroCount(active);
            TVector u = TLanes.Broadcast(a[TOrder.Transposed ? k * PanelMatrix.Width : k]);
            float* x = b + (k * PanelMatrix.Width);
            c0 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(0, bPanelStride)), c0);
            c1 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(1, bPanelStride)), c1);
            if (vectors > 2) { c2 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(2, bPanelStride)), c2); c3 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(3, bPanelStride)), c3); }
            if (vectors > 4) { c4 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(4, bPanelStride)), c4); c5 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(5, bPanelStride)), c5); }
            if (vectors > 6) { c6 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(6, bPanelStride)), c6); c7 = TLanes.MultiplyAdd(u, TLanes.Load(x + At(7, bPanelStride)), c7); }
        }

        TLanes.Store(c + At(0, cPanelStride), c0);
        TLanes.Store(c + At(1, cPanelStride), c1);
        if (vectors > 2) { TLanes.Store(c + At(2, cPanelStride), c2); TLanes.Store(c + At(3, cPanelStride), c3); }
        if (vectors > 4) { TLanes.Store(c + At(4, cPanelStride), c4); TLanes.Store(c + At(5, cPanelStride), c5); }
        if (vectors > 6) { TLanes.Store(c + At(6, cPanelStride), c6); TLanes.Store(c + At(7, cPanelStride), c7); }
    }

    /// <summary>Where the vector of that number begins, from the first one's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint At(int vector, nint panelStride) =>
        (vector * TLanes.Count / PanelMatrix.Width * panelStride) + (vector * TLanes.Count % PanelMatrix.Width);
}

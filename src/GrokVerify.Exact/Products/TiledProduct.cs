using System.Runtime.CompilerServices;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Products;

/// <summary>Computes a product by covering its result with <see cref="RegisterTile{TLanes, TVector, TRows, TOrder}"/>s.</summary>
internal static unsafe class TiledProduct<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Depths after which a chain is put down and taken up again, so that both sides of the product stay in the nearest cache: storing a float32 and
    // loading it does not change it, so these two numbers are free. Measured on AVX-512 and AVX2; the second is a multiple of the panel width.
    private const int TransposedDepth = 48;
    private const int StraightDepth = 128;

    public static void Multiply(in Product product)
    {
        if (product.TransposeLeft)
        {
            Cover<Transposed>(product, TransposedDepth);
        }
        else
        {
            Cover<Straight>(product, StraightDepth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Cover<TOrder>(in Product product, int longest)
        where TOrder : struct, ILeftOrder
    {
        int depth = product.Depth;

        // Transposed, what 32 rows read of the left-hand side stays in the nearest cache while the panels on the right pass by.
        int rowStretch = TOrder.Transposed ? PanelMatrix.Width : product.Rows;
        for (int k = 0; k < depth; k += longest)
        {
            int length = Math.Min(longest, depth - k);
            ProductEnds ends = product.Ends;
            ends.Start = k == 0 ? ends.Start : ChainStart.Result;
            ends.Finish = k + length == depth ? ends.Finish : ChainFinish.Keep;
            for (int row = 0; row < product.Rows; row += rowStretch)
            {
                int end = Math.Min(row + rowStretch, product.Rows);
                for (int panel = product.FirstPanel; panel < product.EndPanel; panel++)
                {
                    for (int offset = 0; offset < PanelMatrix.Width; offset += 2 * TLanes.Count)
                    {
                        CoverRows<TOrder>(product, ends, row, end, panel, offset, k, length);
                    }
                }
            }

            if (length == depth - k)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CoverRows<TOrder>(in Product product, in ProductEnds ends, int firstRow, int endRow, int panel, int offset, int k, int length)
        where TOrder : struct, ILeftOrder
    {
        float* b = product.Right.Data + (panel * product.Right.PanelStride) + ((nint)k * PanelMatrix.Width) + offset;
        nint c = (panel * product.Result.PanelStride) + offset;
        nint m = (panel * product.Mask.PanelStride) + offset;
        nint column = ((nint)panel * PanelMatrix.Width) + offset;
        if (TOrder.Transposed && offset == 0)
        {
            FetchAhead(product, firstRow, panel, k + length, Math.Min(length, product.Depth - k - length));
        }

        int tile;
        for (int row = firstRow; row < endRow; row += tile)
        {
            float* a = product.Left.Data + (TOrder.Transposed ? product.Left.Offset(k, row) : product.Left.Offset(row, k));
            tile = Tile<TOrder>(endRow - row, a, product.Left.PanelStride, b, length, product.Result.Data + c + (row * PanelMatrix.Width), ends, column, product.Mask.Data + m + (row * PanelMatrix.Width));
        }
    }

    /// <summary>
    /// A sum over all pairs reads more than a cache holds. While a stretch of the depth is multiplied, each of its parts (32 rows by one panel of the result)
    /// fetches its share of the next stretch: of the right-hand side's panel, and of the left-hand side's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchAhead(in Product product, int row, int panel, int nextK, int nextLength)
    {
        int rowParts = PanelMatrix.PanelCount(product.Rows);
        int rightShare = (nextLength + rowParts - 1) / rowParts;
        int rightFirst = row / PanelMatrix.Width * rightShare;
        CachePrefetch.Far(
            product.Right.Data + (panel * product.Right.PanelStride) + ((nint)(nextK + rightFirst) * PanelMatrix.Width), Math.Min(rightShare, nextLength - rightFirst));

        int panels = product.EndPanel - product.FirstPanel;
        int leftShare = (nextLength + panels - 1) / panels;
        int leftFirst = (panel - product.FirstPanel) * leftShare;
        CachePrefetch.Far(product.Left.Data + product.Left.Offset(nextK + leftFirst, row), Math.Min(leftShare, nextLength - leftFirst));
    }

    /// <summary>One tile of the best height for what is left of the rows: 24 accumulators where there are 32 registers, 12 where there are 16.</summary>
    /// <returns>The height.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tile<TOrder>(int left, float* a, nint aPanelStride, float* b, int depth, float* c, in ProductEnds ends, nint column, float* mask)
        where TOrder : struct, ILeftOrder
    {
        if (TLanes.Count == 16)
        {
            if (left >= 12)
            {
                RegisterTile<TLanes, TVector, Rows12, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
                return 12;
            }

            if (left >= 8)
            {
                RegisterTile<TLanes, TVector, Rows8, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
                return 8;
            }
        }
        else if (left >= 6 && left != 8)
        {
            RegisterTile<TLanes, TVector, Rows6, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
            return 6;
        }

        if (left >= 4)
        {
            RegisterTile<TLanes, TVector, Rows4, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
            return 4;
        }

        if (left >= 2)
        {
            RegisterTile<TLanes, TVector, Rows2, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
            return 2;
        }

        RegisterTile<TLanes, TVector, Rows1, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
        return 1;
    }
}

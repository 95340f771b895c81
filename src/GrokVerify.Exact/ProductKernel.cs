using System.Runtime.CompilerServices;

namespace GrokVerify.Exact;

/// <summary>Covers a product with tiles.</summary>
internal static unsafe class ProductKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Depths after which a chain is put down and taken up again, so that both sides of the product stay in the nearest cache: storing a float32 and
    // loading it does not change it, so these two numbers are free. Measured on AVX-512 and AVX2; the second is a multiple of the panel width.
    private const int TransposedDepth = 64;
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
        for (int k = 0; k < depth; k += longest)
        {
            int length = Math.Min(longest, depth - k);
            ProductEnds ends = product.Ends;
            ends.Start = k == 0 ? ends.Start : ChainStart.Result;
            ends.Finish = k + length == depth ? ends.Finish : ChainFinish.Keep;
            for (int panel = product.FirstPanel; panel < product.EndPanel; panel++)
            {
                for (int offset = 0; offset < PanelMatrix.Width; offset += 2 * TLanes.Count)
                {
                    CoverColumns<TOrder>(product, ends, panel, offset, k, length);
                }
            }

            if (length == depth - k)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CoverColumns<TOrder>(in Product product, in ProductEnds ends, int panel, int offset, int k, int length)
        where TOrder : struct, ILeftOrder
    {
        float* b = product.Right.Data + (panel * product.Right.PanelStride) + ((nint)k * PanelMatrix.Width) + offset;
        nint c = (panel * product.Result.PanelStride) + offset;
        nint m = (panel * product.Mask.PanelStride) + offset;
        nint column = ((nint)panel * PanelMatrix.Width) + offset;
        int rows = product.Rows;
        int tile;
        for (int row = 0; row < rows; row += tile)
        {
            int left = TOrder.Transposed ? Math.Min(rows - row, PanelMatrix.Width - (row % PanelMatrix.Width)) : rows - row;
            float* a = product.Left.Data + (TOrder.Transposed ? product.Left.Offset(k, row) : product.Left.Offset(row, k));
            tile = Tile<TOrder>(left, a, product.Left.PanelStride, b, length, product.Result.Data + c + (row * PanelMatrix.Width), ends, column, product.Mask.Data + m + (row * PanelMatrix.Width));
        }
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
                ProductTile<TLanes, TVector, Rows12, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
                return 12;
            }

            if (left >= 8)
            {
                ProductTile<TLanes, TVector, Rows8, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
                return 8;
            }
        }
        else if (left >= 6 && left != 8)
        {
            ProductTile<TLanes, TVector, Rows6, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
            return 6;
        }

        if (left >= 4)
        {
            ProductTile<TLanes, TVector, Rows4, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
            return 4;
        }

        if (left >= 2)
        {
            ProductTile<TLanes, TVector, Rows2, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
            return 2;
        }

        ProductTile<TLanes, TVector, Rows1, TOrder>.Run(a, aPanelStride, b, depth, c, ends, column, mask);
        return 1;
    }
}

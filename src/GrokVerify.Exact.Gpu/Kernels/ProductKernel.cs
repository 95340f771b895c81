using System.Runtime.CompilerServices;
using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Products;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>One product of a chain of them, as kernels read it.</summary>
internal struct ProductFactor
{
    public GpuMatrix Left;
    public GpuMatrix Right;

    /// <summary>Number of k; <see cref="ProductKernel.TrainPairs"/> where that is the network's number of train pairs.</summary>
    public int Depth;

    /// <summary>1 when the left-hand side is stored [depth, rows].</summary>
    public int TransposeLeft;
}

/// <summary>Products that go on one another's chains.</summary>
internal struct ProductChain
{
    public GpuMatrix Result;
    public GpuMatrix Mask;
    public int FirstFactor;
    public int EndFactor;

    /// <summary>Rows of the result; <see cref="ProductKernel.TrainPairs"/> or <see cref="ProductKernel.EvaluatedPairs"/> where they are pairs.</summary>
    public int Rows;

    /// <summary>The first column of a row vector that the chains begin with.</summary>
    public int Bias;

    public ChainStart Start;
    public ChainFinish Finish;
}

/// <summary>A part of a result: some rows of one panel.</summary>
internal struct ProductTile
{
    public int Chain;
    public int Row;
    public int Panel;
}

/// <summary>A thread's chains: 4 columns of up to 8 rows.</summary>
internal struct ProductSums
{
    public Quad C0;
    public Quad C1;
    public Quad C2;
    public Quad C3;
    public Quad C4;
    public Quad C5;
    public Quad C6;
    public Quad C7;
}

/// <summary>
/// Products of matrices: 128 threads compute a tile of 64 or 128 rows by 32 columns. Each has 4 columns of 4 or 8 rows in registers: c = start, then c = a[r, k] * b[k, j] + c, rounded once,
/// for k ascending; one chain for each element, as in <c>RegisterTile</c>.
/// </summary>
/// <remarks>
/// Both sides pass through shared memory, 16 k at a time: while one stretch is multiplied, the next is on its way into registers. Rows lie in quads that change places with k, so that neither writing nor
/// reading them makes threads wait for one another's banks.
/// </remarks>
internal static class ProductKernel
{
    public const int TrainPairs = -1;
    public const int EvaluatedPairs = -2;
    public const int Threads = 128;
    private const int Depth = 16;
    private const int PanelQuads = GpuMatrix.Width / Quad.Width;
    private const int MostQuads = 32;

    /// <summary>From a thread's first four rows to the other four.</summary>
    private const int SecondRows = 64;

    /// <summary>Rows of a tile.</summary>
    public static int TileRows<TRows>()
        where TRows : struct, IRowCount => 16 * TRows.Count;

    public static void Run<TRows>(
        NetworkArrays networks, PairArrays train, PairArrays evaluated, ArrayView<ProductTile> tiles, ArrayView<ProductChain> chains, ArrayView<ProductFactor> factors)
        where TRows : struct, IRowCount
    {
        ArrayView<Quad> left = SharedMemory.Allocate<Quad>(2 * Depth * MostQuads);
        ArrayView<float> leftFloats = left.Cast<float>();
        ArrayView<Quad> right = SharedMemory.Allocate<Quad>(2 * Depth * PanelQuads);
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<Quad> memory = networks.QuadsOf(place);
        int trainPairs = integers[train.Count];
        ProductTile tile = tiles[Grid.IdxX];
        ProductChain chain = chains[tile.Chain];
        int rows = chain.Rows == TrainPairs ? trainPairs : chain.Rows == EvaluatedPairs ? integers[evaluated.Count] : chain.Rows;
        if (tile.Row >= rows)
        {
            return;
        }

        bool tall = TRows.Count > 4;
        int quads = 4 * TRows.Count; // of rows
        int thread = Group.IdxX;
        int rowQuad = (thread / 32 * 4) + (thread % 32 / PanelQuads);
        int columnQuad = thread % PanelQuads;
        int firstRow = tile.Row + (rowQuad * Quad.Width);
        int lastRow = rows - 1;
        int result = (chain.Result.InPanel(tile.Panel, 0, 0) / Quad.Width) + columnQuad;

        Quad start = default;
        if (chain.Start == ChainStart.Bias)
        {
            start = memory[(chain.Bias / Quad.Width) + (tile.Panel * PanelQuads) + columnQuad];
        }

        ProductSums c = default;
        c.C0 = c.C1 = c.C2 = c.C3 = c.C4 = c.C5 = c.C6 = c.C7 = start;
        if (chain.Start == ChainStart.Result)
        {
            c.C0 = memory[result + (Math.Min(firstRow, lastRow) * PanelQuads)];
            c.C1 = memory[result + (Math.Min(firstRow + 1, lastRow) * PanelQuads)];
            c.C2 = memory[result + (Math.Min(firstRow + 2, lastRow) * PanelQuads)];
            c.C3 = memory[result + (Math.Min(firstRow + 3, lastRow) * PanelQuads)];
            if (tall)
            {
                c.C4 = memory[result + (Math.Min(firstRow + SecondRows, lastRow) * PanelQuads)];
                c.C5 = memory[result + (Math.Min(firstRow + SecondRows + 1, lastRow) * PanelQuads)];
                c.C6 = memory[result + (Math.Min(firstRow + SecondRows + 2, lastRow) * PanelQuads)];
                c.C7 = memory[result + (Math.Min(firstRow + SecondRows + 3, lastRow) * PanelQuads)];
            }
        }

        int half = 0;
        for (int index = chain.FirstFactor; index < chain.EndFactor; index++)
        {
            ProductFactor factor = factors[index];
            int depth = factor.Depth == TrainPairs ? trainPairs : factor.Depth;
            Quad a0 = Left(memory, factor, depth, tile.Row, lastRow, 0, 0);
            Quad a1 = Left(memory, factor, depth, tile.Row, lastRow, 0, 1);
            Quad a2 = tall ? Left(memory, factor, depth, tile.Row, lastRow, 0, 2) : a0;
            Quad a3 = tall ? Left(memory, factor, depth, tile.Row, lastRow, 0, 3) : a0;
            Quad b0 = Right(memory, factor, depth, tile.Panel, 0);
            for (int k = 0; k < depth; k += Depth)
            {
                int shared = half * Depth * quads;
                Put(left, leftFloats, factor.TransposeLeft, shared, quads, 0, a0);
                Put(left, leftFloats, factor.TransposeLeft, shared, quads, 1, a1);
                if (tall)
                {
                    Put(left, leftFloats, factor.TransposeLeft, shared, quads, 2, a2);
                    Put(left, leftFloats, factor.TransposeLeft, shared, quads, 3, a3);
                }

                int sharedRight = half * Depth * PanelQuads;
                right[sharedRight + thread] = b0;

                // One barrier suffices: what is written after it lies in the other half, which nobody reads any more.
                Group.Barrier();
                int next = k + Depth;
                if (next < depth)
                {
                    a0 = Left(memory, factor, depth, tile.Row, lastRow, next, 0);
                    a1 = Left(memory, factor, depth, tile.Row, lastRow, next, 1);
                    if (tall)
                    {
                        a2 = Left(memory, factor, depth, tile.Row, lastRow, next, 2);
                        a3 = Left(memory, factor, depth, tile.Row, lastRow, next, 3);
                    }

                    b0 = Right(memory, factor, depth, tile.Panel, next);
                }

                int length = Math.Min(Depth, depth - k);
                if (length == Depth)
                {
                    // A loop of known length, which the assembler unrolls.
                    for (int i = 0; i < Depth; i++)
                    {
                        c = Add<TRows>(c, left, right, shared + (i * quads), sharedRight + (i * PanelQuads), rowQuad, columnQuad, Exchange(i));
                    }
                }
                else
                {
                    for (int i = 0; i < length; i++)
                    {
                        c = Add<TRows>(c, left, right, shared + (i * quads), sharedRight + (i * PanelQuads), rowQuad, columnQuad, Exchange(i));
                    }
                }

                half ^= 1;
            }
        }

        int mask = (chain.Mask.InPanel(tile.Panel, 0, 0) / Quad.Width) + columnQuad;
        Store(memory, chain.Finish, result, mask, firstRow, lastRow, c.C0);
        Store(memory, chain.Finish, result, mask, firstRow + 1, lastRow, c.C1);
        Store(memory, chain.Finish, result, mask, firstRow + 2, lastRow, c.C2);
        Store(memory, chain.Finish, result, mask, firstRow + 3, lastRow, c.C3);
        if (tall)
        {
            Store(memory, chain.Finish, result, mask, firstRow + SecondRows, lastRow, c.C4);
            Store(memory, chain.Finish, result, mask, firstRow + SecondRows + 1, lastRow, c.C5);
            Store(memory, chain.Finish, result, mask, firstRow + SecondRows + 2, lastRow, c.C6);
            Store(memory, chain.Finish, result, mask, firstRow + SecondRows + 3, lastRow, c.C7);
        }
    }

    /// <summary>One k of a thread's chains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ProductSums Add<TRows>(ProductSums c, ArrayView<Quad> left, ArrayView<Quad> right, int atLeft, int atRight, int rowQuad, int columnQuad, int exchange)
        where TRows : struct, IRowCount
    {
        Quad b = right[atRight + columnQuad];
        Quad a = left[atLeft + (rowQuad ^ exchange)];
        c.C0 = Quad.MultiplyAdd(a.X, b, c.C0);
        c.C1 = Quad.MultiplyAdd(a.Y, b, c.C1);
        c.C2 = Quad.MultiplyAdd(a.Z, b, c.C2);
        c.C3 = Quad.MultiplyAdd(a.W, b, c.C3);
        if (TRows.Count > 4)
        {
            a = left[atLeft + ((rowQuad + (SecondRows / Quad.Width)) ^ exchange)];
            c.C4 = Quad.MultiplyAdd(a.X, b, c.C4);
            c.C5 = Quad.MultiplyAdd(a.Y, b, c.C5);
            c.C6 = Quad.MultiplyAdd(a.Z, b, c.C6);
            c.C7 = Quad.MultiplyAdd(a.W, b, c.C7);
        }

        return c;
    }

    /// <summary>The quads of rows of four neighbouring k change places with those of the next four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Exchange(int k) => k / Quad.Width * 2;

    /// <summary>This thread's share of 32 rows by 16 k of the left-hand side: four k of a row or, where it is stored transposed, four rows of a k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad Left(ArrayView<Quad> memory, ProductFactor factor, int depth, int tileRow, int lastRow, int k, int part)
    {
        int thread = Group.IdxX;
        if (factor.TransposeLeft != 0)
        {
            int panel = Math.Min((tileRow / GpuMatrix.Width) + part, lastRow / GpuMatrix.Width);
            int row = Math.Min(k + (thread / PanelQuads), depth - 1);
            return memory[(factor.Left.InPanel(panel, row, 0) / Quad.Width) + (thread % PanelQuads)];
        }

        int ofRow = Math.Min(tileRow + (part * GpuMatrix.Width) + (thread / Quad.Width), lastRow);
        return memory[(factor.Left.InPanel(k / GpuMatrix.Width, ofRow, k % GpuMatrix.Width) / Quad.Width) + (thread % Quad.Width)];
    }

    /// <summary>This thread's share of 16 k by 32 columns of the right-hand side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad Right(ArrayView<Quad> memory, ProductFactor factor, int depth, int panel, int k)
    {
        int thread = Group.IdxX;
        int row = Math.Min(k + (thread / PanelQuads), depth - 1);
        return memory[(factor.Right.InPanel(panel, row, 0) / Quad.Width) + (thread % PanelQuads)];
    }

    /// <summary>Puts what <see cref="Left"/> brought into shared memory, [k, rows].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ArrayView<Quad> left, ArrayView<float> leftFloats, int transposed, int shared, int quads, int part, Quad value)
    {
        int thread = Group.IdxX;
        if (transposed != 0)
        {
            int k = thread / PanelQuads;
            left[shared + (k * quads) + (((part * PanelQuads) + (thread % PanelQuads)) ^ Exchange(k))] = value;
            return;
        }

        int row = (part * GpuMatrix.Width) + (thread / Quad.Width);
        int first = thread % Quad.Width * Quad.Width;
        int at = ((shared + (first * quads) + ((row / Quad.Width) ^ Exchange(first))) * Quad.Width) + (row % Quad.Width);
        int nextK = quads * Quad.Width;
        leftFloats[at] = value.X;
        leftFloats[at + nextK] = value.Y;
        leftFloats[at + (2 * nextK)] = value.Z;
        leftFloats[at + (3 * nextK)] = value.W;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ArrayView<Quad> memory, ChainFinish finish, int result, int mask, int row, int lastRow, Quad value)
    {
        if (row <= lastRow)
        {
            memory[result + (row * PanelQuads)] = finish == ChainFinish.Mask ? Quad.Where(memory[mask + (row * PanelQuads)], value) : value;
        }
    }
}

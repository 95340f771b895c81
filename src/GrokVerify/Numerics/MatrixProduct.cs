using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Numerics;

/// <summary>
/// Float64 products: output[i, j] += left[i, k] * right[k, j], k ascending. Each output element is one chain of fused multiply-adds, so neither the
/// thread count nor the vector width nor the shape of a tile can change a result.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Rows that a thread takes at once.</summary>
    public const int RowBlock = 64;

    // A chain that is put down after so many k and taken up again loses nothing; a panel of the right-hand side then stays in the nearest cache.
    private const int InnerBlock = 128;

    /// <summary>left [n, m] times right [m, q]: [n, q].</summary>
    public static Matrix Multiply(Matrix left, Matrix right)
    {
        var product = new Matrix(left.Rows, right.Columns);
        var panels = new ColumnPanels(right);
        ForRowBlocks(left.Rows, (first, count) => Accumulate(left.RowBlock(first, count), panels, product.RowBlock(first, count)));
        return product;
    }

    /// <summary>Runs an action (first row, number of rows) on disjoint blocks of rows, in parallel.</summary>
    public static void ForRowBlocks(int rows, Action<int, int> action)
    {
        int blocks = (rows + RowBlock - 1) / RowBlock;
        Parallel.For(0, blocks, block =>
        {
            int first = block * RowBlock;
            action(first, Math.Min(RowBlock, rows - first));
        });
    }

    /// <summary>output [n, q] += left [n, m] * right [m, q], on this thread.</summary>
    public static void Accumulate(ReadOnlySpan<double> left, ColumnPanels right, Span<double> output)
    {
        if (right.Lanes == Vector512<double>.Count)
        {
            Cover<Lanes512, Vector512<double>>(left, right, output);
        }
        else
        {
            Cover<LanesOfRuntime, Vector<double>>(left, right, output);
        }
    }

    /// <summary>target += factor * source.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> source, Span<double> target) =>
        TensorPrimitives.FusedMultiplyAdd(source, factor, target, target);

    /// <summary>target += factors[0] * source0, then factors[1] * source1, then factors[2] * source2, each rounded once; all of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(
        ReadOnlySpan<double> factors, ReadOnlySpan<double> source0, ReadOnlySpan<double> source1, ReadOnlySpan<double> source2, Span<double> target)
    {
        Span<Vector<double>> sum = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> x0 = MemoryMarshal.Cast<double, Vector<double>>(source0)[..sum.Length];
        ReadOnlySpan<Vector<double>> x1 = MemoryMarshal.Cast<double, Vector<double>>(source1)[..sum.Length];
        ReadOnlySpan<Vector<double>> x2 = MemoryMarshal.Cast<double, Vector<double>>(source2)[..sum.Length];
        Vector<double> f0 = new(factors[0]), f1 = new(factors[1]), f2 = new(factors[2]);
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = Vector.FusedMultiplyAdd(f2, x2[i], Vector.FusedMultiplyAdd(f1, x1[i], Vector.FusedMultiplyAdd(f0, x0[i], sum[i])));
        }

        for (int i = sum.Length * Vector<double>.Count; i < target.Length; i++)
        {
            double partial = Math.FusedMultiplyAdd(factors[1], source1[i], Math.FusedMultiplyAdd(factors[0], source0[i], target[i]));
            target[i] = Math.FusedMultiplyAdd(factors[2], source2[i], partial);
        }
    }

    /// <summary>vector [m] times right [m, q]: [q].</summary>
    public static double[] Multiply(ReadOnlySpan<double> vector, Matrix right)
    {
        double[] product = new double[right.Columns];
        for (int k = 0; k < vector.Length; k++)
        {
            AddScaled(vector[k], right.Row(k), product);
        }

        return product;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Cover<TLanes, TVector>(ReadOnlySpan<double> left, ColumnPanels right, Span<double> output)
        where TLanes : struct, IFloat64Lanes<TVector>
        where TVector : struct
    {
        Span<double> tile = stackalloc double[Float64Tile<TLanes, TVector>.Rows * right.Width];
        int rows = right.Columns == 0 ? 0 : output.Length / right.Columns;
        for (int k = 0; k < right.Depth; k += InnerBlock)
        {
            int depth = Math.Min(InnerBlock, right.Depth - k);
            for (int panel = 0; panel < right.Count; panel++)
            {
                ReadOnlySpan<TVector> columns = right.Panel<TVector>(panel, k, depth);
                int column = panel * right.Width;
                int width = Math.Min(right.Width, right.Columns - column);
                int height;
                for (int row = 0; row < rows; row += height)
                {
                    height = rows - row >= Float64Tile<TLanes, TVector>.Rows ? Float64Tile<TLanes, TVector>.Rows : 1;
                    for (int i = 0; i < height; i++)
                    {
                        output.Slice(((row + i) * right.Columns) + column, width).CopyTo(tile[(i * right.Width)..]);
                    }

                    ReadOnlySpan<double> first = left[((row * right.Depth) + k)..];
                    Float64Tile<TLanes, TVector>.Run(first, height == 1 ? 0 : right.Depth, columns, MemoryMarshal.Cast<double, TVector>(tile));
                    for (int i = 0; i < height; i++)
                    {
                        tile.Slice(i * right.Width, width).CopyTo(output[(((row + i) * right.Columns) + column)..]);
                    }
                }
            }
        }
    }
}

using System.Numerics.Tensors;

namespace GrokVerify.Model;

/// <summary>
/// Float64 products by fused row updates: output row i += left[i, k] * right row k, k ascending. Each output element is one chain of
/// fused multiply-adds, so neither the thread count nor the vector width can change a result.
/// </summary>
internal static class MatrixProduct
{
    private const int RowBlock = 64;
    private const int InnerBlock = 32;

    /// <summary>left [n, m] times right [m, q]: [n, q].</summary>
    public static Matrix Multiply(Matrix left, Matrix right)
    {
        var product = new Matrix(left.Rows, right.Columns);
        ForRowBlocks(left.Rows, (first, count) => Accumulate(
            left.Values.AsSpan(first * left.Columns, count * left.Columns),
            right,
            product.Values.AsSpan(first * right.Columns, count * right.Columns)));
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
    /// <remarks>Zeros of the left side are passed over: half of a ReLU layer's output is zero.</remarks>
    public static void Accumulate(ReadOnlySpan<double> left, Matrix right, Span<double> output)
    {
        int inner = right.Rows;
        int columns = right.Columns;
        int rows = left.Length / inner;
        for (int start = 0; start < inner; start += InnerBlock)
        {
            int end = Math.Min(start + InnerBlock, inner);
            for (int row = 0; row < rows; row++)
            {
                Span<double> target = output.Slice(row * columns, columns);
                for (int k = start; k < end; k++)
                {
                    AddScaled(left[(row * inner) + k], right.Row(k), target);
                }
            }
        }
    }

    /// <summary>target += factor * source.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        if (factor != 0)
        {
            TensorPrimitives.FusedMultiplyAdd(source, factor, target, target);
        }
    }

    /// <summary>vector [m] times right [m, q]: [q].</summary>
    public static double[] Multiply(ReadOnlySpan<double> vector, Matrix right)
    {
        double[] product = new double[right.Columns];
        Accumulate(vector, right, product);
        return product;
    }
}

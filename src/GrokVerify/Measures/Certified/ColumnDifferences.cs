using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>How far the columns of a matrix are apart: what a vector of rows can add to the difference of two logits is at most its norm times this (Cauchy and Schwarz).</summary>
internal static class ColumnDifferences
{
    /// <summary>2^-50: a product of n numbers is off by at most n 2^-53 of the sum of its terms' magnitudes, which is at most the mean of both squares.</summary>
    private const double Rounding = 1.0 / (1L << 50);

    /// <summary>At least the norm of M[., y] - M[., c], over some of the rows: float64 [columns, columns].</summary>
    /// <param name="matrix">M: float64 [rows, columns].</param>
    /// <param name="first">The first of the rows.</param>
    /// <param name="count">How many.</param>
    public static Matrix Norms(Matrix matrix, int first, int count)
    {
        Matrix part = new(count, matrix.Columns, matrix.RowBlock(first, count).ToArray());
        Matrix products = MatrixProduct.Multiply(part.Transpose(), part);
        var norms = new Matrix(matrix.Columns, matrix.Columns);
        for (int y = 0; y < norms.Rows; y++)
        {
            for (int c = 0; c < norms.Columns; c++)
            {
                double squares = products[y, y] + products[c, c];
                norms[y, c] = Math.Sqrt(Math.Max(0, squares - (2 * products[y, c])) + (count * Rounding * squares));
            }
        }

        return norms;
    }

    /// <summary>Multiply-adds of <see cref="Norms"/>; the products are symmetric.</summary>
    public static long MultiplyAdds(long rows, long columns) => rows * columns * (columns + 1) / 2;
}

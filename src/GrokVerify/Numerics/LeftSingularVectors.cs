using System.Numerics.Tensors;

namespace GrokVerify.Numerics;

/// <summary>
/// The left half of a singular value decomposition, A = sum of s_i u_i v_i^T: what the best approximation of any rank is made of, since A cut off at rank r is U_r U_r^T A (Eckart and Young 1936).
/// Rows are turned in pairs until all are orthogonal to each other; their lengths are then the singular values.
/// </summary>
/// <remarks>Source: M. R. Hestenes (1958), one-sided Jacobi.</remarks>
internal sealed class LeftSingularVectors
{
    private const int MostSweeps = 60;

    /// <summary>Two rows whose cosine is smaller are orthogonal but for rounding: some 1e3 terms of 2^-53 each.</summary>
    private const double Orthogonal = 1e-13;

    private readonly Matrix _vectors;

    private LeftSingularVectors(double[] values, Matrix vectors)
    {
        Values = values;
        _vectors = vectors;
    }

    /// <summary>Singular values, descending: [rows of A]; those beyond A's rank are zero but for rounding.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <param name="matrix">A: float64 [n, m]; work grows with n squared, so give the short side as rows.</param>
    public static LeftSingularVectors Of(Matrix matrix)
    {
        int count = matrix.Rows;
        var turned = new Matrix(count, matrix.Columns, [.. matrix.Values]);
        var vectors = new Matrix(count, count);
        for (int i = 0; i < count; i++)
        {
            vectors[i, i] = 1;
        }

        double negligible = Orthogonal * TensorPrimitives.Norm<double>(matrix.Values);
        for (int sweep = 0; sweep < MostSweeps && Sweep(turned, vectors, negligible * negligible); sweep++)
        {
        }

        double[] lengths = [.. Enumerable.Range(0, count).Select(row => TensorPrimitives.Norm<double>(turned.Row(row)))];
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(row => lengths[row])];
        return new([.. order.Select(row => lengths[row])], new Matrix(count, count, [.. order.SelectMany(row => vectors.Row(row).ToArray())]));
    }

    /// <summary>U_r U_r^T F: for F = A, or the left factor of A = F G, what makes A its best approximation of rank r.</summary>
    /// <param name="factor">F: float64 [n, any].</param>
    /// <param name="rank">r, from 0 to n.</param>
    public Matrix Project(Matrix factor, int rank)
    {
        var kept = new Matrix(rank, _vectors.Columns, _vectors.RowBlock(0, rank).ToArray());
        return MatrixProduct.Multiply(kept.Transpose(), MatrixProduct.Multiply(kept, factor));
    }

    /// <returns>Whether any two rows had to be turned.</returns>
    private static bool Sweep(Matrix rows, Matrix vectors, double negligible)
    {
        bool anyTurned = false;
        for (int i = 0; i < rows.Rows; i++)
        {
            for (int j = i + 1; j < rows.Rows; j++)
            {
                double first = TensorPrimitives.Dot<double>(rows.Row(i), rows.Row(i));
                double second = TensorPrimitives.Dot<double>(rows.Row(j), rows.Row(j));
                double both = TensorPrimitives.Dot<double>(rows.Row(i), rows.Row(j));
                if (Math.Min(first, second) <= negligible || Math.Abs(both) <= Orthogonal * Math.Sqrt(first * second))
                {
                    continue;
                }

                double half = (second - first) / (2 * both);
                double tangent = Math.CopySign(1, half) / (Math.Abs(half) + Math.Sqrt(1 + (half * half)));
                double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                Turn(rows.Row(i), rows.Row(j), cosine, cosine * tangent);
                Turn(vectors.Row(i), vectors.Row(j), cosine, cosine * tangent);
                anyTurned = true;
            }
        }

        return anyTurned;
    }

    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        for (int i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
        }
    }
}

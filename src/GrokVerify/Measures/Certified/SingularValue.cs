using System.Numerics.Tensors;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>A number that no singular value of a matrix exceeds, in few multiply-adds.</summary>
/// <remarks>
/// The Gram matrix G of the rows has the squared singular values as eigenvalues, so that the largest is at most the root of the Frobenius norm of G^2, and its root at most that to the power 1/4.
/// With r equal largest singular values it is too much by r^(1/8): by a third for ten.
/// </remarks>
internal static class SingularValue
{
    /// <param name="matrix">float64 [rows, columns].</param>
    public static double UpperBound(Matrix matrix)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(matrix.Values));
        if (largest == 0)
        {
            return 0;
        }

        // Of largest element 1, and of norm 1 before it is squared, so that nothing overflows or vanishes.
        var scaled = new Matrix(matrix.Rows, matrix.Columns);
        TensorPrimitives.Divide(matrix.Values, largest, scaled.Values);
        Matrix gram = MatrixProduct.Multiply(scaled, scaled.Transpose());
        double norm = TensorPrimitives.Norm<double>(gram.Values);
        TensorPrimitives.Divide(gram.Values, norm, gram.Values);
        Matrix square = MatrixProduct.Multiply(gram, gram);
        return largest * Math.Sqrt(norm) * Math.Pow(TensorPrimitives.Norm<double>(square.Values), 0.25);
    }

    /// <summary>Multiply-adds of <see cref="UpperBound"/>; both products are symmetric, and half of each is enough.</summary>
    public static long MultiplyAdds(long rows, long columns) => rows * rows * (rows + columns) / 2;
}

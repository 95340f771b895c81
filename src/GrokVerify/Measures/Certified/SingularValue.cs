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
        Matrix gram = MatrixProduct.Multiply(matrix, matrix.Transpose());
        double norm = TensorPrimitives.Norm<double>(gram.Values);
        if (norm == 0)
        {
            return 0;
        }

        // Of norm 1 before it is squared, so that nothing overflows.
        TensorPrimitives.Divide(gram.Values, norm, gram.Values);
        Matrix square = MatrixProduct.Multiply(gram, gram);
        return Math.Sqrt(norm) * Math.Pow(TensorPrimitives.Norm<double>(square.Values), 0.25);
    }

    /// <summary>Multiply-adds of <see cref="UpperBound"/>; both products are symmetric, and half of each is enough.</summary>
    public static long MultiplyAdds(long rows, long columns) => rows * rows * (rows + columns) / 2;
}

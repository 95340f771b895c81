using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// P_K: the orthogonal projector, along the pair axis, on the sum directions {c_k, s_k : k in K}, the unit vectors of
/// cos(w_k(a+b)) and sin(w_k(a+b)): c_k = (cos x cos - sin x sin)/sqrt 2, s_k = (sin x cos + cos x sin)/sqrt 2. Its trace is 2|K|.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 sections 4.4 and 5.1. Its image depends on a + b mod p alone, so it is kept as one row for each sum.</remarks>
internal sealed class KeyFrequencyProjector
{
    private readonly FourierBasis _basis;
    private readonly IReadOnlyList<int> _frequencies;

    /// <exception cref="ArgumentException">A frequency is not in 1..(p-1)/2, or stands twice.</exception>
    public KeyFrequencyProjector(FourierBasis basis, IReadOnlyList<int> frequencies)
    {
        basis.RequireFrequencies(frequencies);
        _basis = basis;
        _frequencies = frequencies;
    }

    /// <summary>P_K X as a function of s = a + b mod p: float64 [p, columns].</summary>
    /// <param name="sums">The line sums of X.</param>
    public Matrix ProjectBySum(PairGridSums sums)
    {
        Matrix coefficients = MatrixProduct.Multiply(Directions(), sums.SumLine);
        return MatrixProduct.Multiply(Directions().Transpose(), coefficients);
    }

    /// <summary>The sum directions as functions of s = a + b mod p: float64 [2|K|, p], rows c_k, s_k for each k. As vectors over the pairs they are orthonormal.</summary>
    private Matrix Directions()
    {
        int p = _basis.Prime;
        var directions = new Matrix(2 * _frequencies.Count, p);
        double scale = Math.Sqrt(2) / p;
        for (int i = 0; i < _frequencies.Count; i++)
        {
            for (int s = 0; s < p; s++)
            {
                directions[2 * i, s] = scale * _basis.Cosine(_frequencies[i], s);
                directions[(2 * i) + 1, s] = scale * _basis.Sine(_frequencies[i], s);
            }
        }

        return directions;
    }
}

using System.Numerics.Tensors;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// Sums of a quantity on the pair grid along its four families of lines: a fixed, b fixed, a + b fixed and a - b fixed (mod p).
/// They hold all that single-frequency analysis needs: for one k the eight products of {1, cos, sin} in a and b, less the
/// constant, span the same space as cos and sin of w_k a, w_k b, w_k (a + b) and w_k (a - b).
/// </summary>
internal sealed class PairGridSums
{
    /// <param name="prime">The modulus p.</param>
    /// <param name="values">float64 [p * p, at least columns], pair = a * p + b.</param>
    /// <param name="columns">How many leading columns to use; p for logits, so that the "=" class drops out.</param>
    public PairGridSums(int prime, Matrix values, int columns)
    {
        if (values.Rows != prime * prime || columns > values.Columns)
        {
            throw new ArgumentException($"expected [{prime * prime}, {columns} or more] values, got [{values.Rows}, {values.Columns}]", nameof(values));
        }

        Prime = prime;
        First = Sum(values, columns, (line, i) => (line * prime) + i);
        Second = Sum(values, columns, (line, i) => (i * prime) + line);
        SumLine = Sum(values, columns, (line, i) => (i * prime) + ((line - i + prime) % prime));
        Difference = Sum(values, columns, (line, i) => (i * prime) + ((i - line + prime) % prime));
        Mean = new double[columns];
        for (int a = 0; a < prime; a++)
        {
            TensorPrimitives.Add(Mean, First.Row(a), Mean);
        }

        TensorPrimitives.Divide(Mean, prime * prime, Mean);
    }

    public int Prime { get; }

    /// <summary>Mean over all pairs: float64 [columns].</summary>
    public double[] Mean { get; }

    /// <summary>Row a: the sum over b; float64 [p, columns].</summary>
    public Matrix First { get; }

    /// <summary>Row b: the sum over a; float64 [p, columns].</summary>
    public Matrix Second { get; }

    /// <summary>Row s: the sum over the pairs with a + b = s mod p; float64 [p, columns].</summary>
    public Matrix SumLine { get; }

    /// <summary>Row d: the sum over the pairs with a - b = d mod p; float64 [p, columns].</summary>
    public Matrix Difference { get; }

    /// <summary>The four tables in the order a, b, a + b, a - b.</summary>
    public IReadOnlyList<Matrix> Lines => [First, Second, SumLine, Difference];

    /// <summary>The line of a pair in each of <see cref="Lines"/>.</summary>
    public static int LineOf(int family, int pair, int prime)
    {
        int a = pair / prime;
        int b = pair % prime;
        return family switch
        {
            0 => a,
            1 => b,
            2 => (a + b) % prime,
            _ => (a - b + prime) % prime,
        };
    }

    private static Matrix Sum(Matrix values, int columns, Func<int, int, int> pairOf)
    {
        int prime = (int)Math.Sqrt(values.Rows);
        var sums = new Matrix(prime, columns);
        Parallel.For(0, prime, line =>
        {
            Span<double> sum = sums.Row(line);
            for (int i = 0; i < prime; i++)
            {
                TensorPrimitives.Add(sum, values.Row(pairOf(line, i))[..columns], sum);
            }
        });
        return sums;
    }
}

using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>A symmetric function of a pair that is a sum over lines of the pair grid, t[a] + t[b] + s[a + b] + d[a - b], with values of some columns: each table float64 [p, columns].</summary>
/// <param name="prime">The modulus p.</param>
/// <param name="columns">How many numbers each pair has.</param>
internal sealed class LineTables(int prime, int columns)
{
    /// <summary>The numbers of <see cref="AddWaves"/>: a mean, cosine and sine in a token and in the sum, and the cosine in the difference.</summary>
    public const int Numbers = 6;

    private readonly Matrix _byToken = new(prime, columns);
    private readonly Matrix _bySum = new(prime, columns);
    private readonly Matrix _byDifference = new(prime, columns);

    /// <summary>Adds waves of one frequency to some of the columns.</summary>
    /// <param name="basis">The basis of p.</param>
    /// <param name="frequency">k.</param>
    /// <param name="numbers">float64 [6, columns from first on].</param>
    /// <param name="first">The first of the columns.</param>
    public void AddWaves(FourierBasis basis, int frequency, Matrix numbers, int first)
    {
        for (int x = 0; x < prime; x++)
        {
            double cosine = basis.Cosine(frequency, x);
            double sine = basis.Sine(frequency, x);
            Span<double> Of(Matrix table) => table.Row(x).Slice(first, numbers.Columns);
            MatrixProduct.AddScaled(1, numbers.Row(0), Of(_bySum));
            MatrixProduct.AddScaled(cosine, numbers.Row(1), Of(_byToken));
            MatrixProduct.AddScaled(sine, numbers.Row(2), Of(_byToken));
            MatrixProduct.AddScaled(cosine, numbers.Row(3), Of(_bySum));
            MatrixProduct.AddScaled(sine, numbers.Row(4), Of(_bySum));
            MatrixProduct.AddScaled(cosine, numbers.Row(5), Of(_byDifference));
        }
    }

    /// <summary>row += scale times the value of a pair.</summary>
    public void AddTo(int a, int b, double scale, Span<double> row)
    {
        MatrixProduct.AddScaled(scale, _byToken.Row(a), row);
        MatrixProduct.AddScaled(scale, _byToken.Row(b), row);
        MatrixProduct.AddScaled(scale, _bySum.Row((a + b) % prime), row);
        MatrixProduct.AddScaled(scale, _byDifference.Row((a - b + prime) % prime), row);
    }
}

using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// The two-dimensional Fourier spectrum of the logits over the inputs (a, b): the norm, over the outputs c, of each component of F L' F^T, L' the row-centred logits. A network that reads off
/// cos(w_k(a+b-c)) has its power where both components are the cosine or the sine of one and the same key frequency.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 4.2, and the figures of the logits in the 2D Fourier basis.</remarks>
internal static class LogitGridSpectrum
{
    /// <param name="basis">The basis of p.</param>
    /// <param name="logits">float64 [p * p, p or more]; the columns from p on take no part.</param>
    /// <returns>float64 [p, p]: rows are the components of a, columns those of b, both in the order of <see cref="FourierBasis"/>.</returns>
    public static Matrix Of(FourierBasis basis, Matrix logits)
    {
        int p = basis.Prime;
        Matrix alongA = basis.Transform(Centred(logits, p));
        var norms = new Matrix(p, p);
        for (int component = 0; component < p; component++)
        {
            Matrix both = basis.Transform(new Matrix(p, p, alongA.Row(component).ToArray()));
            for (int other = 0; other < p; other++)
            {
                norms[component, other] = Math.Sqrt(SumOfSquares(both.Row(other)));
            }
        }

        return norms;
    }

    /// <summary>The logits 0..p-1 less their mean over c, a row for each a: float64 [p, p * p].</summary>
    private static Matrix Centred(Matrix logits, int p)
    {
        double[] values = new double[p * p * p];
        for (int pair = 0; pair < p * p; pair++)
        {
            ReadOnlySpan<double> row = logits.Row(pair)[..p];
            double mean = 0;
            foreach (double value in row)
            {
                mean += value / p;
            }

            for (int c = 0; c < p; c++)
            {
                values[(pair * p) + c] = row[c] - mean;
            }
        }

        return new Matrix(p, p * p, values);
    }

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}

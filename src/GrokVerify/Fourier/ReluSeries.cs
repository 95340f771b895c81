namespace GrokVerify.Fourier;

/// <summary>
/// The ReLU's own Fourier series on a sum of waves: of ReLU(g(x, y)), g of degree one in x and in y, the term in cos(x + y) and sin(x + y). For g = r cos(x + f) + r cos(y + f') it is
/// 8 r/(3 pi^2) cos(x + y + f + f'), because |cos x + cos y| = 2 |cos((x + y)/2)| |cos((x - y)/2)|: the phases add up.
/// </summary>
/// <remarks>By the midpoint rule on 96 x 96 points of the torus, not on the pairs of tokens: off by about 1e-3 of the coefficient, since the ReLU's waves fall off with the square of their degree.</remarks>
internal static class ReluSeries
{
    private const int Points = 96;

    private static readonly double[][] Waves = [.. Enumerable.Range(0, Points).Select(point =>
    {
        (double sine, double cosine) = double.SinCosPi((2.0 * point + 1) / Points);
        return new[] { 1, cosine, sine };
    })];

    /// <summary>The coefficients of cos(x + y) and of sin(x + y).</summary>
    /// <param name="waves">g = sum over i, j of waves[3i + j] f_i(x) f_j(y), f = 1, cos, sin.</param>
    public static (double Cosine, double Sine) SumWave(ReadOnlySpan<double> waves)
    {
        double cosine = 0;
        double sine = 0;
        Span<double> line = stackalloc double[3];
        foreach (double[] x in Waves)
        {
            for (int j = 0; j < 3; j++)
            {
                line[j] = (waves[j] * x[0]) + (waves[3 + j] * x[1]) + (waves[6 + j] * x[2]);
            }

            foreach (double[] y in Waves)
            {
                double value = Math.Max(0, line[0] + (line[1] * y[1]) + (line[2] * y[2]));
                cosine += value * ((x[1] * y[1]) - (x[2] * y[2]));
                sine += value * ((x[2] * y[1]) + (x[1] * y[2]));
            }
        }

        // A wave's mean square over the torus is 1/2.
        const double scale = 2.0 / (Points * Points);
        return (scale * cosine, scale * sine);
    }
}

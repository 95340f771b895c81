namespace GrokVerify.Model;

/// <summary>
/// Functions whose last bits depend on the C library elsewhere, from IEEE add, multiply and divide alone: the same bits on every machine, within four units in the last place.
/// </summary>
internal static class PortableMath
{
    /// <summary>ln 2, and what its double leaves out.</summary>
    private const double Ln2 = 0.6931471805599453;
    private const double Ln2Rest = 2.3190468138462996e-17;

    /// <summary>ln x = e ln 2 + 2 artanh((m - 1)/(m + 1)) for x = m 2^e, m from 1/sqrt 2 to sqrt 2.</summary>
    /// <param name="x">A positive number, not subnormal.</param>
    public static double Log(double x)
    {
        const int last = 21;
        int exponent = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > Math.Sqrt(2))
        {
            mantissa /= 2;
            exponent++;
        }

        double s = (mantissa - 1) / (mantissa + 1);
        double square = s * s;
        double sum = 0;
        for (int odd = last; odd > 1; odd -= 2)
        {
            sum = (sum + (1.0 / odd)) * square;
        }

        return (exponent * Ln2) + ((2 * s) + ((2 * s * sum) + (exponent * Ln2Rest)));
    }

    /// <summary>sin 2 pi u and cos 2 pi u by their series, on the eighth of a turn at either side of the nearest quarter.</summary>
    /// <param name="turn">u, 0 to 1.</param>
    public static (double Sine, double Cosine) SinCosOfTurn(double turn)
    {
        const int last = 18;
        double quarter = Math.Round(4 * turn);
        double angle = ((4 * turn) - quarter) * (Math.PI / 2);
        double square = angle * angle;
        double sine = 1;
        double cosine = 1;
        for (int n = last; n > 0; n -= 2)
        {
            sine = 1 - (square / (n * (n + 1)) * sine);
            cosine = 1 - (square / ((n - 1) * n) * cosine);
        }

        sine *= angle;
        return ((int)quarter & 3) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}

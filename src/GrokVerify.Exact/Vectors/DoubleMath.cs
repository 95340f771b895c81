namespace GrokVerify.Exact.Vectors;

/// <summary>
/// exp and log1p in float64 from the four operations alone, so that no platform's libm decides a bit.
/// </summary>
/// <remarks>Source: fdlibm 5.3 (Sun Microsystems 1993), e_exp.c and s_log1p.c: reductions and coefficients; below 1 ulp.</remarks>
internal static class DoubleMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896338700;
    private const double SquareRootOfTwo = 1.4142135623730951;

    /// <summary>exp(x); 0 below -708, where float64 results become subnormal.</summary>
    public static double Exp(double x)
    {
        if (!(x >= -708 && x <= 709))
        {
            return double.IsNaN(x) ? x : x < 0 ? 0 : double.PositiveInfinity;
        }

        double k = Math.Round(x * Log2E);
        double high = x - (k * Ln2High);
        double low = k * Ln2Low;
        double r = high - low;
        double t = r * r;
        double c = r - (t * (1.66666666666666019037e-01 + (t * (-2.77777777770155933842e-03
            + (t * (6.61375632143793436117e-05 + (t * (-1.65339022054652515390e-06 + (t * 4.13813679705723846039e-08)))))))));
        double y = 1 - ((low - ((r * c) / (2 - c))) - high);
        return y * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>log(1 + x) to full relative precision, x &gt;= 0; NaN and infinity stay.</summary>
    public static double LogOnePlus(double x)
    {
        if (!(x < double.PositiveInfinity) || x < 1e-300)
        {
            return x;
        }

        double u = 1 + x;
        double k = 0;
        double f = x;
        double lost = 0;
        if (x > 0.41)
        {
            long bits = BitConverter.DoubleToInt64Bits(u);
            k = (bits >> 52) - 1023;
            double mantissa = BitConverter.Int64BitsToDouble((bits & 0xfffffffffffffL) | 0x3ff0000000000000L);
            if (mantissa > SquareRootOfTwo)
            {
                mantissa *= 0.5;
                k++;
            }

            // 1 + x was rounded to u; the difference, relative to u, is what the logarithm loses.
            lost = (x > 1 ? 1 - (u - x) : x - (u - 1)) / u;
            f = mantissa - 1;
        }

        double half = 0.5 * f * f;
        double s = f / (2 + f);
        double z = s * s;
        double r = z * (6.666666666666735130e-01 + (z * (3.999999999940941908e-01 + (z * (2.857142874366239149e-01
            + (z * (2.222219843214978396e-01 + (z * (1.818357216161805012e-01 + (z * (1.531383769920937332e-01
            + (z * 1.479819860511658591e-01))))))))))));
        return (k * Ln2High) - ((half - ((s * (half + r)) + ((k * Ln2Low) + lost))) - f);
    }

    /// <summary>log(x), x a finite number from 1 up.</summary>
    public static double Log(double x) => LogOnePlus(x - 1);

    /// <summary>x^n by repeated squaring, n &gt;= 1: the same products on every machine, whatever steps came before.</summary>
    public static double Power(double x, long n)
    {
        double result = 1;
        for (double square = x; n > 0; n >>= 1)
        {
            result = (n & 1) == 1 ? result * square : result;
            square *= square;
        }

        return result;
    }
}

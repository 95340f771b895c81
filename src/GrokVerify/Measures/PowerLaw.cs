namespace GrokVerify.Measures;

/// <summary>y proportional to x^n, as a straight line in logarithms.</summary>
internal static class PowerLaw
{
    /// <summary>The exponent n by least squares of ln y over ln x.</summary>
    /// <inheritdoc cref="Fit"/>
    public static double Exponent(IReadOnlyList<(double X, double Y)> points) => Fit(points).Exponent;

    /// <summary>y = factor * x^exponent by least squares of ln y over ln x.</summary>
    /// <param name="points">x and y, all positive, with two different x or more.</param>
    /// <exception cref="ArgumentException">There are fewer points, or a number is not positive.</exception>
    public static (double Exponent, double Factor) Fit(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Any(point => !(point.X > 0 && point.Y > 0)) || points.Select(point => point.X).Distinct().Count() < 2)
        {
            throw new ArgumentException("an exponent needs two points or more with different x, all numbers positive", nameof(points));
        }

        double meanX = points.Average(point => Math.Log(point.X));
        double meanY = points.Average(point => Math.Log(point.Y));
        double covariance = points.Sum(point => (Math.Log(point.X) - meanX) * (Math.Log(point.Y) - meanY));
        double exponent = covariance / points.Sum(point => Math.Pow(Math.Log(point.X) - meanX, 2));
        return (exponent, Math.Exp(meanY - (exponent * meanX)));
    }
}

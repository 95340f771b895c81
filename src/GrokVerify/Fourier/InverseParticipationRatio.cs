using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>IPR of a spectrum: sum P_j^2 / (sum P_j)^2, from 1/n (spread evenly over n entries) to 1 (one entry).</summary>
/// <remarks>
/// Source: arXiv 2310.13061 (Doshi et al.). Conventions differ: over the powers of the frequencies 0..(p-1)/2 a cosine has 1;
/// over the p powers of the full complex transform, where it stands at k and p - k, it has 1/2.
/// </remarks>
public static class InverseParticipationRatio
{
    /// <param name="powers">Squared magnitudes, each from 0 up.</param>
    /// <returns>The ratio; 0 when all powers are zero.</returns>
    /// <exception cref="ArgumentException">There is no power, or one is negative or NaN.</exception>
    public static double Of(IReadOnlyCollection<double> powers)
    {
        if (powers.Count == 0 || powers.Any(power => !(power >= 0)))
        {
            throw new ArgumentException("the inverse participation ratio is defined for one or more numbers from 0 up", nameof(powers));
        }

        double sum = powers.Sum();
        return sum == 0 ? 0 : powers.Sum(power => power / sum * (power / sum));
    }

    /// <summary>IPR of a signal over the frequencies 0..(p-1)/2, sine and cosine of one frequency together.</summary>
    /// <param name="basis">The basis of p.</param>
    /// <param name="signal">float64 [p].</param>
    public static double OfSignal(FourierBasis basis, IReadOnlyList<double> signal)
    {
        double[] coefficients = basis.Transform(new Matrix(signal.Count, 1, [.. signal])).Values;
        double[] powers = new double[basis.FrequencyCount + 1];
        powers[0] = coefficients[0] * coefficients[0];
        for (int k = 1; k < powers.Length; k++)
        {
            double cosine = coefficients[FourierBasis.CosineRow(k)];
            double sine = coefficients[FourierBasis.SineRow(k)];
            powers[k] = (cosine * cosine) + (sine * sine);
        }

        return Of(powers);
    }
}

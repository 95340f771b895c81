namespace GrokVerify.Fourier;

/// <summary>The Gini coefficient, a measure of sparsity.</summary>
/// <remarks>
/// Source: N. Hurley, S. Rickard, "Comparing measures of sparsity" (2009), used in arXiv 2301.05217 section 5.1. There it is not said whether the
/// sine and the cosine of a frequency are two entries, or whether the constant counts; here a frequency is one entry and the constant is none.
/// </remarks>
internal static class Gini
{
    /// <summary>G = sum over i of (2i - n - 1) x_i / (n sum x), x ascending. From 0 (all equal, or all zero) to (n - 1)/n (one entry).</summary>
    /// <param name="values">Numbers from 0 up, in any order.</param>
    /// <exception cref="ArgumentException">There is no value, or one is negative or NaN.</exception>
    public static double Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0 || values.Any(value => !(value >= 0)))
        {
            throw new ArgumentException("the Gini coefficient is defined for one or more numbers from 0 up", nameof(values));
        }

        double weighted = 0;
        double sum = 0;
        int rank = 0;
        foreach (double value in values.Order())
        {
            rank++;
            weighted += ((2 * rank) - values.Count - 1) * value;
            sum += value;
        }

        return sum == 0 ? 0 : weighted / (values.Count * sum);
    }
}

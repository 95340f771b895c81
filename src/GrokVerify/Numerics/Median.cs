namespace GrokVerify.Numerics;

/// <summary>The middle of some numbers.</summary>
internal static class Median
{
    /// <param name="values">One or more; of an even number the mean of the two in the middle is taken.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

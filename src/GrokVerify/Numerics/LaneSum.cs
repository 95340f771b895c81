using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Numerics;

/// <summary>
/// Sums in eight running sums, element i in sum i mod 8, added up in the end one after the other, and then the last elements, fewer than eight. No addition waits for the one before, and unlike a sum over the
/// machine's own vectors the bits are the same on every machine.
/// </summary>
internal static class LaneSum
{
    /// <summary>The sum of some values.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        Vector512<double> lanes = Vector512<double>.Zero;
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        foreach (Vector512<double> vector in vectors)
        {
            lanes += vector;
        }

        double sum = Sum(lanes);
        foreach (double value in values[(vectors.Length * Vector512<double>.Count)..])
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The sum of squared deviations of some values from their mean.</summary>
    public static double OfSquaredDeviations(ReadOnlySpan<double> values)
    {
        double mean = Of(values) / values.Length;
        Vector512<double> lanes = Vector512<double>.Zero;
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        foreach (Vector512<double> vector in vectors)
        {
            Vector512<double> deviations = vector - Vector512.Create(mean);
            lanes += deviations * deviations;
        }

        double sum = Sum(lanes);
        foreach (double value in values[(vectors.Length * Vector512<double>.Count)..])
        {
            sum += (value - mean) * (value - mean);
        }

        return sum;
    }

    private static double Sum(Vector512<double> lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            sum += lanes[lane];
        }

        return sum;
    }
}

using System.Numerics.Tensors;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// Sum of squared deviations from the mean over all pairs, for each column; 0 where it is no more than the rounding of the mean
/// (n terms: n 2^-53 relative), so that a constant column has exactly none.
/// </summary>
internal static class CentredPower
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <param name="values">float64 [p * p, columns].</param>
    /// <param name="sums">Its line sums.</param>
    public static double[] Of(Matrix values, PairGridSums sums)
    {
        int p = sums.Prime;
        int columns = sums.Mean.Length;
        var partial = new Matrix(p, columns);
        Parallel.For(0, p, a =>
        {
            double[] deviation = new double[columns];
            for (int b = 0; b < p; b++)
            {
                TensorPrimitives.Subtract(values.Row((a * p) + b)[..columns], sums.Mean, deviation);
                TensorPrimitives.FusedMultiplyAdd(deviation, deviation, partial.Row(a), partial.Row(a));
            }
        });
        double[] power = new double[columns];
        for (int a = 0; a < p; a++)
        {
            TensorPrimitives.Add(power, partial.Row(a), power);
        }

        double pairs = (double)p * p;
        for (int column = 0; column < columns; column++)
        {
            double rounding = pairs * UnitRoundoff * sums.Mean[column];
            power[column] = power[column] <= pairs * rounding * rounding ? 0 : power[column];
        }

        return power;
    }
}

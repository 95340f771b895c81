using System.Numerics.Tensors;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>By how much the right logit leads, whatever scale logits have.</summary>
internal static class LogitMargin
{
    /// <summary>
    /// The least lead of the right logit over the largest of the others on any pair, as a share of the largest logit of all without sign, over p classes and less the mean of its pair: negative where a pair is
    /// wrong, not a number where all logits of each pair are equal.
    /// </summary>
    /// <param name="task">The labels.</param>
    /// <param name="logits">float64 [p * p, p or more]; columns from p on are left out.</param>
    public static double Least(ModularTask task, Matrix logits)
    {
        double lead = double.PositiveInfinity;
        double largest = 0;
        double[] row = new double[task.Prime];
        for (int pair = 0; pair < logits.Rows; pair++)
        {
            ReadOnlySpan<double> values = logits.Row(pair)[..row.Length];
            TensorPrimitives.Subtract(values, LaneSum.Of(values) / row.Length, row);
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<double>(row)));
            double right = row[task.Labels[pair]];
            row[task.Labels[pair]] = double.NegativeInfinity;
            lead = Math.Min(lead, right - TensorPrimitives.Max<double>(row));
        }

        return lead / largest;
    }
}

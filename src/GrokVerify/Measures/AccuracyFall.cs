using GrokVerify.Loop;

namespace GrokVerify.Measures;

/// <summary>How far test accuracy falls in a training.</summary>
internal static class AccuracyFall
{
    /// <summary>The largest distance of test accuracy below what it had reached before; 0 where it never falls.</summary>
    /// <param name="rows">Logged rows, epochs ascending.</param>
    public static double Of(IEnumerable<MetricsRow> rows)
    {
        double highest = 0;
        double fall = 0;
        foreach (MetricsRow row in rows)
        {
            highest = Math.Max(highest, row.TestAccuracy);
            fall = Math.Max(fall, highest - row.TestAccuracy);
        }

        return fall;
    }
}

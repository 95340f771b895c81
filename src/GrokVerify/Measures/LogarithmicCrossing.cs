namespace GrokVerify.Measures;

/// <summary>Where a value that was measured at some sizes passes a level, straight in ln size between neighbours.</summary>
internal static class LogarithmicCrossing
{
    /// <param name="points">Sizes ascending, positive, with the values there.</param>
    /// <param name="level">The level.</param>
    /// <returns>The size at which the value first rises through the level; null where it does not.</returns>
    public static double? Rising(IReadOnlyList<(double Size, double Value)> points, double level)
    {
        foreach (((double size, double value), (double next, double nextValue)) in points.Zip(points.Skip(1)))
        {
            if (value < level && nextValue >= level)
            {
                return size * Math.Pow(next / size, (level - value) / (nextValue - value));
            }
        }

        return null;
    }
}

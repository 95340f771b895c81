using System.Diagnostics;

namespace GrokVerify.Cli.Benchmark;

/// <summary>Times a step again and again, in rounds that take turns with those of other engines.</summary>
internal sealed class StepTimes
{
    private readonly List<double[]> _rounds = [];

    public double Median => MedianOf(_rounds.SelectMany(round => round));

    public double Min => _rounds.Min(round => round.Min());

    /// <summary>
    /// How many times as long these steps take as others of the same rounds: the median over the rounds of the ratio of their medians. What slows the machine
    /// for longer than a round slows both sides of that round's ratio.
    /// </summary>
    /// <param name="others">As many rounds.</param>
    public double Over(StepTimes others) => MedianOf(_rounds.Zip(others._rounds, (mine, theirs) => MedianOf(mine) / MedianOf(theirs)));

    /// <summary>Does a round of steps; the first, which finds caches and threads as another engine left them, is not timed.</summary>
    public void Add(int count, Action step) => Add(count, () =>
    {
        long start = Stopwatch.GetTimestamp();
        step();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });

    /// <summary>The same of steps that tell their milliseconds.</summary>
    public void Add(int count, Func<double> step)
    {
        step();
        double[] round = new double[count];
        for (int i = 0; i < count; i++)
        {
            round[i] = step();
        }

        _rounds.Add(round);
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

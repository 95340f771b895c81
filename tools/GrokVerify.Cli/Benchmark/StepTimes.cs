using System.Diagnostics;

namespace GrokVerify.Cli.Benchmark;

/// <summary>Times something done again and again.</summary>
internal sealed class StepTimes
{
    private readonly List<double> _milliseconds = [];

    public double Median
    {
        get
        {
            double[] sorted = [.. _milliseconds.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Min => _milliseconds.Min();

    /// <summary>Does a block of steps; the first, which finds caches and threads as another engine left them, is not timed.</summary>
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
        for (int i = 0; i < count; i++)
        {
            _milliseconds.Add(step());
        }
    }
}

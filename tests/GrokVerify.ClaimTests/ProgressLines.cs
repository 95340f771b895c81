using System.Collections.Concurrent;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>A line for each run that is trained or measured, on the test's progress stream, every few seconds: who waits sees where it is.</summary>
/// <param name="writer">Where lines go.</param>
/// <param name="phases">Tells the phases of runs; null where they are not asked for.</param>
/// <param name="clock">Tells the time between lines.</param>
internal sealed class ProgressLines(TextWriter writer, LivePhases? phases, TimeProvider clock) : IProgress<(RunRequest Run, TrainingProgress Progress)>, IProgress<(PlannedRun Plan, MeasurePoint Point)>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<object, long> _last = new();

    public void Report((RunRequest Run, TrainingProgress Progress) value)
    {
        if (IsDue(value.Run))
        {
            writer.WriteLine($"{TrainingLine.Name(value.Run.Config)}: {TrainingLine.Of(value.Progress, value.Run.Schedule.UntilGrokked, phases?.Now(value.Run))}");
        }
    }

    public void Report((PlannedRun Plan, MeasurePoint Point) value)
    {
        if (IsDue(value.Plan))
        {
            writer.WriteLine(FormattableString.Invariant($"{TrainingLine.Name(value.Plan.Config)}: measured epoch {value.Point.Epoch:N0}"));
        }
    }

    /// <summary>The first report waits like any other: what is over sooner needs no line.</summary>
    private bool IsDue(object run)
    {
        long now = clock.GetTimestamp();
        long last = _last.GetOrAdd(run, now);
        return clock.GetElapsedTime(last, now) >= BetweenLines && _last.TryUpdate(run, now, last);
    }
}

using System.Diagnostics;
using GrokVerify.Claims.Accelerations;
using GrokVerify.Claims.Questions;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Exact;

namespace GrokVerify.Cli.Benchmark;

/// <summary>Times a step of each way to grok sooner beside one of AdamW, on the exact engine, at the size and the pairs that they are compared with. They take turns in short rounds.</summary>
internal static class WayBench
{
    private const int StepsInRound = 10;
    private const long Seed = 0;

    /// <param name="threads">Threads of every engine.</param>
    /// <param name="steps">Timed steps of each, from 1 up.</param>
    /// <param name="limit">No round begins after this much time.</param>
    /// <param name="display">Told of every round.</param>
    /// <param name="cancellation">Stops between two rounds.</param>
    public static WayBenchReport Measure(int threads, int steps, TimeSpan limit, ProgressDisplay display, CancellationToken cancellation)
    {
        // What a step costs does not depend on the setting.
        (string Name, TrainingConfig Config)[] ways = [.. SoonerThanTunedAdamW.Ways.Prepend(new TunedAdamW()).Select(way => (way.Name, way.Of(0, Seed).Config)), ("the small network itself", new SmallNetworksEmbedding().Of(0, Seed).From!.Config)];
        ExactEngine[] engines = [.. ways.Select(way => new ExactEngine(way.Config, TrainingState.Initial(way.Config), threads))];
        StepTimes[] times = [.. engines.Select(_ => new StepTimes())];
        try
        {
            var clock = Stopwatch.StartNew();
            for (int done = 0; done < steps && (done == 0 || clock.Elapsed < limit); done += StepsInRound)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(StepsInRound, steps - done);
                foreach ((ExactEngine engine, StepTimes time) in engines.Zip(times))
                {
                    time.Add(count, engine.Step);
                }

                display.Show((double)(done + count) / steps, $"measured {done + count} of {steps} steps of each");
            }
        }
        finally
        {
            Array.ForEach(engines, engine => engine.Dispose());
        }

        return new WayBenchReport(threads, [.. ways.Zip(times, (way, time) => new WaySpeed(way.Name, time.Median, time.Over(times[0])))]);
    }
}

/// <summary>What a training step of each way to grok sooner costs on this machine, measured in one run.</summary>
/// <param name="Threads">Threads given to each.</param>
/// <param name="Ways">AdamW first; last the small network whose embedding one of them takes.</param>
internal sealed record WayBenchReport(int Threads, IReadOnlyList<WaySpeed> Ways);

/// <summary>The cost of a way's step.</summary>
/// <param name="Name">The way.</param>
/// <param name="MsPerStepMedian">Milliseconds, the median of those timed.</param>
/// <param name="TimesAdamW">Over those of AdamW, the median over the rounds.</param>
internal sealed record WaySpeed(string Name, double MsPerStepMedian, double TimesAdamW);

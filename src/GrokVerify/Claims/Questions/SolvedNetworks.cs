using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Questions;

/// <summary>The networks that the questions about what a network has learned are asked of: forty that have grokked, p = 59, and five that have only memorized.</summary>
internal static class SolvedNetworks
{
    private const int Count = 40;
    private const int MemorizedCount = 5;

    /// <summary>40% of the pairs, weight decay 2, 1,000 epochs after a test accuracy of 0.99; up to 6,000.</summary>
    public static IReadOnlyList<PlannedRun> Grokked { get; } = [.. Enumerable.Range(0, Count).Select(seed => Of("grokked", seed, new TrainingSchedule { Epochs = 6_000, EpochsAfterGeneralization = 1_000, LogEvery = 50, CheckpointEvery = 3_000 }))];

    /// <summary>The same trainings for 300 epochs.</summary>
    public static IReadOnlyList<PlannedRun> Memorized { get; } = [.. Enumerable.Range(0, MemorizedCount).Select(seed => Of("memorized", seed, new TrainingSchedule { Epochs = 300, LogEvery = 50, CheckpointEvery = 300 }))];

    /// <summary>The last network of a run.</summary>
    public static NetworkSpectra Read(PlannedRun plan, TrainingRun run) => new(run.ReadCheckpoint(plan.Schedule.EndIn(run.Rows)).Weights, plan.Config.CreateTask());

    private static PlannedRun Of(string name, long seed, TrainingSchedule schedule) =>
        new(FormattableString.Invariant($"{name}-seed{seed}"), new TrainingConfig { Model = new TransformerConfig { Prime = 59 }, TrainFraction = 0.4, WeightDecay = 2, Seed = seed }, schedule);
}

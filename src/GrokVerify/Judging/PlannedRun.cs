using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>A run that a claim about a family of runs needs.</summary>
/// <param name="Name">Which one it is, in words.</param>
/// <param name="Config">What to train.</param>
/// <param name="Schedule">How far, logged how densely.</param>
/// <param name="From">The run whose last weights it goes on from, as <see cref="RunRequest.From"/>; null for initial weights.</param>
public sealed record PlannedRun(string Name, TrainingConfig Config, TrainingSchedule Schedule, PlannedRun? From = null)
{
    /// <summary>The training to ask for.</summary>
    public RunRequest Request => new(Config, Schedule, From?.Request);
}

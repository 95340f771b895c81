using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>A run that a claim about a family of runs needs.</summary>
/// <param name="Name">Which one it is, in words.</param>
/// <param name="Config">What to train.</param>
/// <param name="Schedule">How far, logged how densely.</param>
/// <param name="From">The run that it goes on from, as <see cref="RunRequest.From"/>; null for initial weights.</param>
/// <param name="At">The epoch at which it branches off from there, as <see cref="RunRequest.At"/>; null where it takes over the last weights alone.</param>
public sealed record PlannedRun(string Name, TrainingConfig Config, TrainingSchedule Schedule, PlannedRun? From = null, long? At = null)
{
    /// <summary>As <see cref="RunRequest.Transfer"/>.</summary>
    internal WeightTransfer? Transfer { get; init; }

    /// <summary>As <see cref="RunRequest.Teacher"/>.</summary>
    internal PlannedRun? Teacher { get; init; }

    /// <summary>Runs that are trained first.</summary>
    internal IEnumerable<PlannedRun> Before => new[] { From, Teacher }.OfType<PlannedRun>();

    /// <summary>The training to ask for.</summary>
    public RunRequest Request => new(Config, Schedule, From?.Request, At, Teacher?.Request) { Transfer = Transfer };
}

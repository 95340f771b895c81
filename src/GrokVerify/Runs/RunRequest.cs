using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>A training that is asked for.</summary>
/// <param name="Config">What to train.</param>
/// <param name="Schedule">How far, logged and kept how densely.</param>
/// <param name="From">
/// The run that this one goes on from; null for initial weights. It is trained first, if need be. Without <paramref name="At"/> its last weights are taken over, at epoch 0 and with moments of zero, and the
/// epoch at which its schedule ends has to be one that keeps a checkpoint.
/// </param>
/// <param name="At">The epoch at which to branch off, moments and all (<see cref="RunFork"/>); null for the above.</param>
/// <param name="Teacher">The run whose last weights teach this one (<see cref="TrainingConfig.Teacher"/>, which is set to them); null for labels. It is trained first, if need be.</param>
public sealed record RunRequest(TrainingConfig Config, TrainingSchedule Schedule, RunRequest? From = null, long? At = null, RunRequest? Teacher = null)
{
    /// <summary>In the place of the last weights of <see cref="From"/> what this makes of it; null for none.</summary>
    internal WeightTransfer? Transfer { get; init; }
}

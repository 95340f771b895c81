using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Runs;

/// <summary>A training that is asked for.</summary>
/// <param name="Config">What to train.</param>
/// <param name="Schedule">How far, logged and kept how densely.</param>
/// <param name="From">
/// The run whose last weights this one goes on from, from epoch 0 and with moments of zero; null for initial weights. It is trained first, if need be.
/// The epoch at which its schedule ends has to be one that keeps a checkpoint.
/// </param>
public sealed record RunRequest(TrainingConfig Config, TrainingSchedule Schedule, RunRequest? From = null);

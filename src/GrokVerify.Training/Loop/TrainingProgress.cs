namespace GrokVerify.Loop;

/// <summary>Where a training run stands.</summary>
/// <param name="Latest">The newest logged row.</param>
/// <param name="LastEpoch">The last epoch of the schedule.</param>
/// <param name="EpochsPerSecond">Rate since this process began or resumed the run; 0 before the first step.</param>
/// <param name="Remaining">Time to the last epoch at that rate; null before the first step.</param>
public sealed record TrainingProgress(MetricsRow Latest, long LastEpoch, double EpochsPerSecond, TimeSpan? Remaining);

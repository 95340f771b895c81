using System.Globalization;
using GrokVerify.Analysis;
using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Judging;

/// <summary>Where a training stands, in one line, the same on a terminal and under tests.</summary>
internal static class TrainingLine
{
    /// <summary>Epoch, losses in nats, test accuracy; once steps were made epochs per second and the time that is left; the phase where it is known.</summary>
    /// <param name="now">Where it stands.</param>
    /// <param name="isAtMost">True when the schedule may end sooner.</param>
    /// <param name="phase">As <see cref="LivePhase.Now"/> tells it.</param>
    public static string Of(TrainingProgress now, bool isAtMost, string? phase)
    {
        MetricsRow row = now.Latest;
        string line = $"epoch {NumberFormat.Count(row.Epoch)}  loss train {NumberFormat.Loss(row.TrainLoss)} test {NumberFormat.Loss(row.TestLoss)}  accuracy {row.TestAccuracy.ToString("0.000", CultureInfo.InvariantCulture)}";
        string pace = now.Remaining is TimeSpan remaining ? $"  {NumberFormat.Rate(now.EpochsPerSecond)}/s  {(isAtMost ? "<" : "")}{NumberFormat.Duration(remaining)} left" : "";
        return $"{line}{pace}{(phase is null ? "" : $"  {phase}")}";
    }

    /// <summary>Which training: "p = 113, fraction 0.3, weight decay 1, seed 0".</summary>
    public static string Name(TrainingConfig config) =>
        string.Create(CultureInfo.InvariantCulture, $"p = {config.Model.Prime}, fraction {config.TrainFraction}, weight decay {config.WeightDecay}, seed {config.Seed}");
}

using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;

namespace GrokVerify.Judging;

/// <summary>What the runs of all sweeps have in common, so that claims which need the same run share it.</summary>
internal sealed record SweepSetting(SweepScale Scale, long Seed)
{
    private const int LogEvery = 10;
    private const int CheckpointEvery = 250;

    public bool IsSmall => Scale == SweepScale.Small;

    /// <summary>p, where it is not what is varied.</summary>
    public int Prime => IsSmall ? 59 : 113;

    /// <summary>The train fraction, where it is not what is varied: one from which networks generalize thousands of epochs after they fit.</summary>
    public double Fraction => IsSmall ? 0.4 : 0.3;

    /// <summary>A run at weight decay 1 of the setting's prime, the same for every claim that needs that fraction.</summary>
    public PlannedRun Run(double fraction) => new(
        FormattableString.Invariant($"p = {Prime}, fraction {fraction}"), Config(fraction: fraction), Schedule(smallEpochs: SmallEpochs(fraction)));

    public TrainingConfig Config(int? prime = null, double? fraction = null, double weightDecay = 1) => new()
    {
        Model = new TransformerConfig { Prime = prime ?? Prime },
        TrainFraction = fraction ?? Fraction,
        WeightDecay = weightDecay,
        Seed = Seed,
    };

    /// <summary>So many epochs at the small scale, somewhat more than it takes to generalize; at the paper's until grokked and cleaned up, or 40,000.</summary>
    public TrainingSchedule Schedule(long smallEpochs) => IsSmall ? For(smallEpochs) : For(40_000) with { UntilGrokked = true };

    public static TrainingSchedule For(long epochs) => new() { Epochs = epochs, LogEvery = LogEvery, CheckpointEvery = CheckpointEvery };

    /// <summary>Where only the end counts: with few train pairs a logged row takes as long as two steps.</summary>
    public static TrainingSchedule ToTheEnd(long epochs) => For(epochs) with { LogEvery = 5 * LogEvery };

    private static long SmallEpochs(double fraction) => fraction switch
    {
        < 0.44 => 2_000,
        < 0.49 => 2_600,
        < 0.55 => 1_800,
        < 0.7 => 1_200,
        _ => 1_000,
    };
}

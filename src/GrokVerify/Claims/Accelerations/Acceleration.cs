using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Claims.Accelerations;

/// <summary>A published way to grok sooner: what it changes about AdamW's training, in 24 settings, and what it has to be compared with to be fair.</summary>
internal abstract class Acceleration
{
    /// <summary>How long a network has to keep a test accuracy of 0.99 to have arrived there.</summary>
    public const long StepsHeld = 500;

    /// <summary>2,000 steps, or 500 of a test accuracy of 0.99 on end.</summary>
    public static TrainingSchedule Schedule { get; } = new() { Epochs = 2_000, EpochsHeld = StepsHeld, LogEvery = 10, CheckpointEvery = 2_000 };

    /// <summary>What to call it, e.g. "Grokfast".</summary>
    public abstract string Name { get; }

    /// <summary>Where it was published, and what for.</summary>
    public abstract string Source { get; }

    /// <summary>The training of a setting, whose AdamW is that of <see cref="AdamWSettings"/>.</summary>
    /// <param name="setting">From 0 to 23.</param>
    /// <param name="seed">Of the pairs and the initial weights.</param>
    public virtual PlannedRun Of(int setting, long seed)
    {
        TrainingConfig config = AdamWSettings.Of(setting, seed);
        return Planned($"{Symbol}{OwnSetting(setting)}", config, With(config, setting));
    }

    /// <summary>The same training without it.</summary>
    public PlannedRun Without(int setting, long seed)
    {
        TrainingConfig config = WithoutIt(AdamWSettings.Of(setting, seed), setting);
        return Planned($"without-{Symbol}", config, config);
    }

    /// <summary>What stands before a run's name.</summary>
    protected abstract string Symbol { get; }

    /// <summary>The part of a run's name that tells its own setting.</summary>
    protected virtual string OwnSetting(int setting) => "";

    protected abstract TrainingConfig With(TrainingConfig adamW, int setting);

    /// <summary>AdamW at the same learning rate, weight decay and beta2, unless the way gives more than it says.</summary>
    protected virtual TrainingConfig WithoutIt(TrainingConfig adamW, int setting) => adamW;

    private static PlannedRun Planned(string name, TrainingConfig adamW, TrainingConfig config) => new(
        FormattableString.Invariant($"{name}-lr{adamW.LearningRate}-wd{adamW.WeightDecay}-beta{adamW.Beta2}-seed{adamW.Seed}"), config, Schedule);
}

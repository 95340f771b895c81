using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>Initial weights scaled (<see cref="TrainingConfig.InitialScale"/>): small ones are nearer to where a network generalizes.</summary>
internal sealed class ScaledStart : Acceleration
{
    private static readonly double[] Scales = AdamWSettings.Spread(7, 0.2, 0.35, 0.5, 0.7, 0.85, 1.3);

    public override string Name => "initial scale";

    public override string Source => "Liu et al. 2022 (Omnigrok, arXiv 2210.01117)";

    protected override string Symbol => "scaled-start";

    protected override string OwnSetting(int setting) => FormattableString.Invariant($"-scale{Scales[setting]}");

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW with { InitialScale = Scales[setting] };
}

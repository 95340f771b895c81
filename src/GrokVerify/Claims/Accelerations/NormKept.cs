using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>Training on a sphere: the norm of all weights is kept at that of the initial ones, scaled (<see cref="TrainingConfig.ConstantNorm"/>).</summary>
internal sealed class NormKept : Acceleration
{
    private static readonly double[] Scales = AdamWSettings.Spread(6, 0.4, 0.5, 0.6, 0.7, 0.85, 1);

    public override string Name => "constant norm";

    public override string Source => "Liu et al. 2022 (Omnigrok, arXiv 2210.01117)";

    protected override string Symbol => "norm-kept";

    protected override string OwnSetting(int setting) => FormattableString.Invariant($"-scale{Scales[setting]}");

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW with { ConstantNorm = true, InitialScale = Scales[setting] };
}

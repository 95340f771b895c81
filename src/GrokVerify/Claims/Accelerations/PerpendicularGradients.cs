using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>Gradients without the part that only scales the weights (<see cref="TrainingConfig.PerpendicularGradient"/>).</summary>
internal sealed class PerpendicularGradients : Acceleration
{
    public override string Name => "perpendicular gradient";

    public override string Source => "Prieto et al. 2025 (arXiv 2501.04697)";

    protected override string Symbol => "perpendicular";

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW with { PerpendicularGradient = true };
}

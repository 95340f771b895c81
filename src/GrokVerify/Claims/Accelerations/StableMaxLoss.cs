using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>A loss that grows more slowly than softmax's (<see cref="LossForm.StableMax"/>).</summary>
internal sealed class StableMaxLoss : Acceleration
{
    public override string Name => "StableMax";

    public override string Source => "Prieto et al. 2025 (arXiv 2501.04697)";

    protected override string Symbol => "stablemax";

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW with { LossForm = LossForm.StableMax };
}

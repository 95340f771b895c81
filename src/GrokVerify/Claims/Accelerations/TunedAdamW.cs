using GrokVerify.Engines;

namespace GrokVerify.Claims.Accelerations;

/// <summary>What the others are held against: AdamW as the paper uses it, its learning rate, weight decay and beta2 tuned as theirs are (Loshchilov and Hutter, arXiv 1711.05101).</summary>
internal sealed class TunedAdamW : Acceleration
{
    public override string Name => "AdamW";

    public override string Source => "arXiv 1711.05101";

    protected override string Symbol => "adamw";

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW;
}

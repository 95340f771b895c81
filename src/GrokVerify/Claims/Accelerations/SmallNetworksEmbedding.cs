using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Accelerations;

/// <summary>GrokTransfer: the embedding of a small network, trained a while on the same pairs with the same AdamW, to begin with (<see cref="EmbeddingTransfer"/>).</summary>
/// <remarks>A step of the small network (d_model 24, 48 neurons) counts by its share of the large one's parameters.</remarks>
internal sealed class SmallNetworksEmbedding : Acceleration
{
    private static readonly double[] Epochs = AdamWSettings.Spread(8, 50, 100, 200, 300, 400, 600);

    public override string Name => "embedding of a small network";

    public override string Source => "Xu et al. 2025 (GrokTransfer, arXiv 2504.13292)";

    protected override string Symbol => "transfer";

    public override PlannedRun Of(int setting, long seed)
    {
        PlannedRun plan = base.Of(setting, seed);
        TransformerConfig small = plan.Config.Model with { DModel = 24, DMlp = 48 };
        return plan with
        {
            From = new PlannedRun($"small-of-{plan.Name}", plan.Config with { Model = small }, Schedule with { Epochs = (long)Epochs[setting], EpochsHeld = null }),
            Transfer = new EmbeddingTransfer(),
        };
    }

    /// <summary>What was spent on the small network, in steps of the large one.</summary>
    public static double StepsBefore(PlannedRun plan) => plan.From is { } small
        ? (double)small.Schedule.Epochs * new ParameterLayout(small.Config.Model).Count / new ParameterLayout(plan.Config.Model).Count
        : 0;

    protected override string OwnSetting(int setting) => FormattableString.Invariant($"-epochs{Epochs[setting]}");

    protected override TrainingConfig With(TrainingConfig adamW, int setting) => adamW;
}

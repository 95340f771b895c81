using GrokVerify.Engines;
using GrokVerify.Tasks;

namespace GrokVerify.Architectures;

/// <summary>One training of the search: what is trained, and how long it may take to generalize.</summary>
/// <param name="Architecture">The layers.</param>
/// <param name="Config">The run; the heads, widths and MLP of its model are those of every layer.</param>
/// <param name="Epochs">The horizon: the last epoch at which generalization is waited for.</param>
public sealed record ArchitectureTrial(Architecture Architecture, TrainingConfig Config, long Epochs)
{
    /// <summary>Neurons of each layer's MLP; 0 for attention alone.</summary>
    public int Neurons => Architecture is Architecture.OneLayer or Architecture.TwoLayers ? Config.Model.DMlp : 0;

    /// <summary>What sets it apart from every other trial, e.g. "attention-only-p59-f0.8-h8-d128-wd1-seed0".</summary>
    public string Name => FormattableString.Invariant(
        $"{ArchitectureNames.Of(Architecture)}-p{Config.Model.Prime}-f{Config.TrainFraction:R}-h{Config.Model.Heads}-d{Config.Model.DModel}-wd{Config.WeightDecay:R}-seed{Config.Seed}{(Config.LabelRule == LabelRule.Shuffled ? "-shuffled" : "")}");
}

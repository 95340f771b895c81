using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>What networks have to have in common to be trained by the same launches. Seed, split, labels, weight decay, learning rate and schedule may differ.</summary>
/// <param name="Network">The shape that is computed.</param>
/// <param name="Capacity">Train pairs that there is room for.</param>
/// <param name="Classes">What the loss is over.</param>
/// <param name="LossForm">The form of the loss.</param>
/// <param name="ConstantNorm">Whether the weights are taken back to one norm.</param>
/// <param name="HasFrequencyDecay">Whether some frequencies have a weight decay of their own.</param>
internal sealed record FleetKey(TransformerConfig Network, int Capacity, int Classes, LossForm LossForm, bool ConstantNorm, bool HasFrequencyDecay)
{
    private const int Quarters = 4;

    /// <exception cref="GpuUnavailableException">The configuration has what no kernel computes; says what.</exception>
    public static FleetKey Of(TrainingConfig config)
    {
        if (NotOnGpu(config) is string what)
        {
            throw new GpuUnavailableException($"{what} is not trained on the GPU: give --device cpu, which ends in the bits that a GPU would");
        }

        // In quarters of all pairs, so that runs of a sweep over the train fraction can share launches: what is not there costs memory, and a look at how many there are.
        int all = config.Model.Prime * config.Model.Prime;
        int quarters = ((config.CreateSplit().Train.Length * Quarters) + all - 1) / all;
        return new FleetKey(
            new ZeroMlp(config.Model).Network, ((all * quarters) + Quarters - 1) / Quarters, config.Classes, config.LossForm, config.ConstantNorm, config.FrequencyDecay is not null);
    }

    private static string? NotOnGpu(TrainingConfig config) =>
        config.KeepZeros ? "a network whose zeros stay"
        : config.Grokfast is not null ? "a network with Grokfast"
        : config.PerpendicularGradient ? "a network with a perpendicular gradient"
        : config.LossForm == LossForm.StableMax ? "a network with StableMax"
        : config.Teacher is not null ? "a student of a teacher"
        : null;
}

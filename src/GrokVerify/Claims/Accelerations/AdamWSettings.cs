using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Claims.Accelerations;

/// <summary>The 24 settings of AdamW that every way to grok sooner is tried with, and its own settings that go with them.</summary>
/// <remarks>Each value of a list comes equally often, in an order drawn for that list: a Latin hypercube (McKay, Beckman, Conover 1979).</remarks>
internal static class AdamWSettings
{
    public const int Count = 24;

    /// <summary>Half as wide as the paper's, with a quarter of its neurons, so that hundreds of trainings take minutes.</summary>
    public static TransformerConfig Network { get; } = new() { Prime = 59, DModel = 64, DMlp = 128 };

    private static readonly double[] LearningRates = Spread(1, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03);
    private static readonly double[] WeightDecays = Spread(2, 0.5, 1, 2, 3, 5, 8);
    private static readonly double[] Betas = Spread(3, 0.95, 0.98, 0.999);

    /// <summary>On 40% of the pairs.</summary>
    public static TrainingConfig Of(int setting, long seed) => new()
    {
        Model = Network,
        TrainFraction = 0.4,
        Seed = seed,
        LearningRate = LearningRates[setting],
        WeightDecay = WeightDecays[setting],
        Beta2 = Betas[setting],
    };

    /// <summary>A value for each setting.</summary>
    /// <param name="seed">Draws their order.</param>
    /// <param name="values">As many as divide 24.</param>
    public static double[] Spread(long seed, params double[] values)
    {
        double[] spread = [.. Enumerable.Repeat(values, Count / values.Length).SelectMany(all => all)];
        new PythonRandom(seed).Shuffle(spread.AsSpan());
        return spread;
    }
}

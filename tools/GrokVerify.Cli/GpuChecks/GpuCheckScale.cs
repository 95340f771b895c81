using GrokVerify.Engines;
using GrokVerify.Exact.Gpu.Fleet;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.GpuChecks;

/// <summary>How much is asked of a GPU, or of the processor that stands in for one.</summary>
/// <param name="Golden">Whether the golden runs are trained.</param>
/// <param name="Setting">What is timed, and what the fleet trains.</param>
/// <param name="Networks">Networks at once.</param>
/// <param name="OddSteps">Steps of the odd settings.</param>
/// <param name="TimedSteps">Steps of a round that is timed.</param>
/// <param name="Rounds">Rounds that are timed.</param>
/// <param name="Schedule">Of the fleet.</param>
/// <param name="Limit">The fleet's time.</param>
internal sealed record GpuCheckScale(bool Golden, TrainingConfig Setting, int Networks, int OddSteps, int TimedSteps, int Rounds, TrainingSchedule Schedule, TimeSpan Limit)
{
    private static readonly TransformerConfig Tiny = new() { Prime = 5, DModel = 8, Heads = 2, DMlp = 12 };

    /// <summary>The paper's setting, sixty-four seeds of it until they have cleaned up.</summary>
    public static GpuCheckScale OfGpu { get; } = new(
        Golden: true, new TrainingConfig(), Networks: 64, OddSteps: 200, TimedSteps: 200, GpuStepSpeed.Rounds,
        new TrainingSchedule { Epochs = 40_000, UntilGrokked = true, LogEvery = 25, CheckpointEvery = 1000 }, TimeSpan.FromMinutes(3));

    /// <summary>A few steps of a tiny network: shows that everything runs, in seconds.</summary>
    public static GpuCheckScale Emulated { get; } = new(
        Golden: false, new TrainingConfig { WarmUpSteps = 0, Model = Tiny, TrainFraction = 0.5 }, Networks: 2, OddSteps: 1, TimedSteps: 1, Rounds: 1,
        new TrainingSchedule { Epochs = 2, LogEvery = 2, CheckpointEvery = 2 }, TimeSpan.FromMinutes(3));

    /// <summary>Every form of the loss, both ways to keep weights from decaying freely, and shapes that fill no panel, tile or block.</summary>
    public static IReadOnlyList<(string What, TrainingConfig Config)> OddSettings { get; } =
    [
        ("loss in float32", new TrainingConfig { WarmUpSteps = 0, Model = Tiny, TrainFraction = 0.5, LossForm = LossForm.Float32 }),
        ("loss in float64", new TrainingConfig { WarmUpSteps = 0, Model = Tiny, TrainFraction = 0.5, LossForm = LossForm.Float64 }),
        ("p classes", new TrainingConfig { WarmUpSteps = 0, Model = Tiny, TrainFraction = 0.5, EqualsIsNoClass = true }),
        ("constant norm", new TrainingConfig { WarmUpSteps = 0, Model = Tiny, TrainFraction = 0.5, ConstantNorm = true }),
        ("a frequency without weight decay", new TrainingConfig { WarmUpSteps = 0, Model = Tiny, TrainFraction = 0.5, FrequencyDecay = new FrequencyDecay { Frequencies = [1], WeightDecay = 0 } }),
        ("attention alone", new TrainingConfig { WarmUpSteps = 0, Model = Tiny with { AttentionOnly = true }, TrainFraction = 0.5 }),
        ("three heads, shuffled labels", new TrainingConfig { WarmUpSteps = 0, Model = new() { Prime = 7, DModel = 36, Heads = 3, DMlp = 40 }, TrainFraction = 0.5, LabelRule = LabelRule.Shuffled }),
    ];
}

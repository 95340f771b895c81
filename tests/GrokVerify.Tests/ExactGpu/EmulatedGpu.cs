using GrokVerify.Engines;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.ExactGpu;

/// <summary>A processor that runs the GPU's kernels thread by thread, for networks of a few hundred weights; and the settings that both engines have to agree on.</summary>
internal static class EmulatedGpu
{
    private static readonly TransformerConfig Tiny = new() { Prime = 5, DModel = 8, Heads = 2, DMlp = 12 };

    /// <summary>One for all tests: its kernels are compiled once.</summary>
    public static GpuDevice Device => Shared.Value;

    private static readonly Lazy<GpuDevice> Shared = new(() => GpuDevice.Emulated());

    public static TrainingConfig Small { get; } = new() { Model = Tiny, TrainFraction = 0.5, WarmUpSteps = 0 };

    /// <summary>Every kernel and every branch of one, by what is special about it.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> Settings { get; } = new Dictionary<string, TrainingConfig>
    {
        ["the loss in float32 that keeps its precision"] = Small,
        ["the loss in float32"] = Small with { LossForm = LossForm.Float32 },
        ["the loss in float64"] = Small with { LossForm = LossForm.Float64 },
        ["p classes"] = Small with { EqualsIsNoClass = true },
        ["p classes, the loss in float32"] = Small with { EqualsIsNoClass = true, LossForm = LossForm.Float32 },
        ["p classes, the loss in float64"] = Small with { EqualsIsNoClass = true, LossForm = LossForm.Float64 },
        ["a constant norm"] = Small with { ConstantNorm = true },
        ["a frequency without weight decay"] = Small with { FrequencyDecay = new FrequencyDecay { Frequencies = [1], WeightDecay = 0 } },
        ["attention alone"] = Small with { Model = Tiny with { AttentionOnly = true } },
        ["three heads, and columns that fill a panel and a bit"] = Small with { Model = new TransformerConfig { Prime = 7, DModel = 36, Heads = 3, DMlp = 40 } },
        ["five heads of one column"] = Small with { Model = new TransformerConfig { Prime = 5, DModel = 5, Heads = 5, DMlp = 1 }, TrainFraction = 0.9 },
        ["more pairs than a block, more classes than a panel"] = Small with { Model = new TransformerConfig { Prime = 37, DModel = 4, Heads = 1, DMlp = 2 }, TrainFraction = 0.1 },
        ["wrong labels"] = Small with { WrongLabels = 0.25 },
        ["swapped pairs"] = Small with { SwappedPairs = true, TrainFraction = 0.3 },
        ["shuffled labels, no weight decay, another rate, a warm-up"] = Small with { LabelRule = LabelRule.Shuffled, WeightDecay = 0, LearningRate = 0.01, WarmUpSteps = 2 },
    };

    /// <summary>Members of a fleet wait for one another, so each needs a thread of its own.</summary>
    public static TResult[] EachOnAThread<T, TResult>(IReadOnlyList<T> members, Func<T, TResult> work)
    {
        Task<TResult>[] tasks = [.. members.Select(member => Task.Factory.StartNew(() => work(member), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return Task.WhenAll(tasks).GetAwaiter().GetResult();
    }

    /// <summary>Asserts that two states are the same to the last bit.</summary>
    public static void ShouldBeTheBitsOf(this TrainingState actual, TrainingState expected, string because)
    {
        actual.Epoch.Should().Be(expected.Epoch);
        FirstDifference("weight", actual.Weights.Values, expected.Weights.Values).Should().BeNull(because);
        FirstDifference("first moment", actual.FirstMoment!, expected.FirstMoment!).Should().BeNull(because);
        FirstDifference("second moment", actual.SecondMoment!, expected.SecondMoment!).Should().BeNull(because);
    }

    private static string? FirstDifference(string what, float[] actual, float[] expected)
    {
        int[] different = [.. Enumerable.Range(0, expected.Length).Where(i => BitConverter.SingleToInt32Bits(actual[i]) != BitConverter.SingleToInt32Bits(expected[i]))];
        return different.Length == 0 ? null : FormattableString.Invariant(
            $"{different.Length} of {expected.Length}, the first {what} {different[0]}: {actual[different[0]]:R} instead of {expected[different[0]]:R}");
    }
}

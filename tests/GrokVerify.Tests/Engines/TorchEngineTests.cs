using GrokVerify.Engines;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

/// <summary>What the torch engine does besides what every engine does (Engines/EngineConformance.cs).</summary>
[Category("Fast")]
[NonParallelizable]
public class TorchEngineTests
{
    private static readonly TrainingConfig Small = new()
    {
        Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 },
        TrainFraction = 0.5,
    };

    /// <summary>Bytes that a thousand steps may leave behind: more than twice what they were seen to move, less than a third of the least leak.</summary>
    private const long MostLeftBehind = 1_500_000;

    [Test]
    public void A_thousand_steps_leave_no_tensor_and_no_memory_behind()
    {
        using var engine = new TorchEngine(Small, TrainingState.Initial(Small));
        int[] test = Small.CreateSplit().Test.ToArray();
        void Run(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                engine.Step();
                if (step % 50 == 0)
                {
                    engine.Evaluate(test);
                    engine.Capture();
                }
            }
        }

        Run(500);
        long tensorsBefore = Tensor.TotalCount;
        long bytesBefore = OperatingSystem.IsLinux() ? MemoryInUse.Bytes() : 0;
        Run(1000);

        Tensor.TotalCount.Should().BeLessThanOrEqualTo(tensorsBefore, "other tests' forgotten tensors may go meanwhile, but none may come");
        if (OperatingSystem.IsLinux())
        {
            (MemoryInUse.Bytes() - bytesBefore).Should().BeLessThan(MostLeftBehind);
        }
    }

    /// <summary>One [60, 20] activation a step is 4.8 MB of numbers and 0.4 MB of what libtorch keeps for a tensor (5.19 MB measured, six times alike).</summary>
    [Test]
    [Platform("Linux")]
    public void A_leak_of_one_activation_a_step_would_be_seen()
    {
        // libtorch takes tens of megabytes of its own with its first tensor.
        zeros(60, 20).Dispose();
        var leaked = new Tensor[1000];
        long before = MemoryInUse.BytesOfMalloc();
        for (int step = 0; step < leaked.Length; step++)
        {
            leaked[step] = zeros(60, 20);
        }

        (MemoryInUse.BytesOfMalloc() - before).Should().BeInRange(3 * MostLeftBehind, 4 * MostLeftBehind);
        Array.ForEach(leaked, tensor => tensor.Dispose());
    }
}

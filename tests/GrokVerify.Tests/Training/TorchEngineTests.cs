using GrokVerify.Training;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Training;

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
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long tensorsBefore = Tensor.TotalCount;
        long bytesBefore = Environment.WorkingSet;
        Run(1000);

        Tensor.TotalCount.Should().BeLessThanOrEqualTo(tensorsBefore, "other tests' forgotten tensors may go meanwhile, but none may come");

        // 1,000 steps that each leaked one [60, 20] activation would add 4.8 MB; the runtime's own heap moves by a few MB.
        (Environment.WorkingSet - bytesBefore).Should().BeLessThan(16 << 20);
    }
}

using GrokVerify.Engines;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Training;

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
    public void A_step_is_the_AdamW_of_the_paper()
    {
        using var engine = new TorchEngine(Small, TrainingState.Initial(Small), ScalarType.Float64);
        double[] theta = engine.Parameters();
        double[] m = new double[theta.Length];
        double[] v = new double[theta.Length];

        for (int step = 0; step < 15; step++)
        {
            double[] gradient = engine.Gradient();
            double rate = 1e-3 * Math.Min(step / 10.0, 1);
            for (int i = 0; i < theta.Length; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.98 * v[i]) + (0.02 * gradient[i] * gradient[i]);
                double mHat = m[i] / (1 - Math.Pow(0.9, step + 1));
                double vHat = v[i] / (1 - Math.Pow(0.98, step + 1));
                theta[i] = (theta[i] * (1 - (rate * 1.0))) - (rate * mHat / (Math.Sqrt(vHat) + 1e-8));
            }

            engine.Step();

            // The same dozen float64 operations in another order, on values of order 1: 15 steps * 12 * 1.1e-16 < 1e-13; Adam's quotient
            // amplifies by up to 1 / (1 - b1) = 10 in the first steps.
            double worst = engine.Parameters().Zip(theta, (actual, expected) => Math.Abs(actual - expected)).Max();
            worst.Should().BeLessThan(1e-12, $"after step {step}");
        }
    }

    [Test]
    public void The_first_step_of_the_warm_up_leaves_the_weights_alone()
    {
        using var engine = new TorchEngine(Small, TrainingState.Initial(Small));

        engine.Step();

        engine.Epoch.Should().Be(1);
        engine.Capture().Weights.Values.Should().Equal(TrainingState.Initial(Small).Weights.Values);
    }

    [Test]
    public void Going_on_from_a_captured_state_gives_the_bits_of_going_on()
    {
        using var whole = new TorchEngine(Small, TrainingState.Initial(Small));
        for (int step = 0; step < 20; step++)
        {
            whole.Step();
        }

        using var resumed = new TorchEngine(Small, whole.Capture());
        for (int step = 0; step < 20; step++)
        {
            whole.Step();
            resumed.Step();
        }

        resumed.Epoch.Should().Be(40);
        resumed.Capture().Weights.Sha256().Should().Be(whole.Capture().Weights.Sha256());
    }

    [Test]
    public void A_small_network_learns_its_train_half()
    {
        TrainingConfig config = Small with { LearningRate = 1e-2, WeightDecay = 0 };
        using var engine = new TorchEngine(config, TrainingState.Initial(config));

        LossAndAccuracy before = engine.Evaluate(config.CreateSplit().Train);
        for (int step = 0; step < 300; step++)
        {
            engine.Step();
        }

        LossAndAccuracy after = engine.Evaluate(config.CreateSplit().Train);
        before.Loss.Should().BeInRange(1.8, 3.2, "an untrained network is near ln 12 = 2.48");
        after.Loss.Should().BeLessThan(0.01);
        after.Accuracy.Should().Be(1);
    }

    [Test]
    public void Float32_and_float64_agree_at_first()
    {
        using var single = new TorchEngine(Small, TrainingState.Initial(Small));
        using var @double = new TorchEngine(Small, TrainingState.Initial(Small), ScalarType.Float64);

        // float32 sums of about 1,000 terms: 1,000 * 6e-8 = 6e-5 at worst, relative to the largest gradient entry.
        double[] expected = @double.Gradient();
        double largest = expected.Max(Math.Abs);
        double worst = single.Gradient().Zip(expected, (actual, wanted) => Math.Abs(actual - wanted)).Max();
        worst.Should().BeLessThan(6e-5 * largest).And.BePositive("float32 has to round somewhere");
    }

    /// <summary>Ten times a thousand steps moved the memory in use by less than 0.6 MB in the first thousand, by 0.3 MB at most in the others.</summary>
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
        var leaked = new Tensor[1000];
        long before = MemoryInUse.Bytes();
        for (int step = 0; step < leaked.Length; step++)
        {
            leaked[step] = zeros(60, 20);
        }

        (MemoryInUse.Bytes() - before).Should().BeInRange(3 * MostLeftBehind, 4 * MostLeftBehind);
        Array.ForEach(leaked, tensor => tensor.Dispose());
    }

    [Test]
    public void A_state_of_another_shape_or_without_optimiser_state_is_refused()
    {
        TrainingState other = TrainingState.Initial(Small with { Model = Small.Model with { DMlp = 21 } });
        TrainingState weightsOnly = TrainingState.Initial(Small) with { SecondMoment = null };

        FluentActions.Invoking(() => new TorchEngine(Small, other)).Should().Throw<ArgumentException>().WithMessage("*another shape*");
        FluentActions.Invoking(() => new TorchEngine(Small, weightsOnly)).Should().Throw<ArgumentException>().WithMessage("*no optimiser state*");
    }
}

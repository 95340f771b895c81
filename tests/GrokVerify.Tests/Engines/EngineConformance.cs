using GrokVerify.Exact;
using GrokVerify.Model;
using GrokVerify.Engines;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

/// <summary>What every engine does, whatever it computes with. Each is a class of <c>ConformingEngines.cs</c>.</summary>
[NonParallelizable]
public abstract partial class EngineConformance
{
    private static readonly TrainingConfig Small = new() { Model = new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 }, TrainFraction = 0.5 };
    private static readonly TrainingConfig Free = new() { Model = new() { Prime = 31, DModel = 64, Heads = 2, DMlp = 128 }, TrainFraction = 0.5, Seed = 1 };
    private static readonly TrainingConfig Kept = Free with { WeightDecay = 0, InitialScale = 0.8, ConstantNorm = true };

    /// <summary>What the engine computes in.</summary>
    protected virtual ScalarType Type => ScalarType.Float32;

    private bool IsFloat64 => Type == ScalarType.Float64;

    [Test]
    public void The_first_step_of_the_warm_up_leaves_the_weights_alone()
    {
        using ITrainingEngine engine = Create(Small);

        engine.Step();

        engine.Epoch.Should().Be(1);
        engine.Capture().Epoch.Should().Be(1);
        engine.Capture().Weights.Values.Should().Equal(TrainingState.Initial(Small).Weights.Values);
    }

    /// <summary>
    /// Float64: a dozen operations in another order, on values of order 1: 15 steps * 12 * 1.1e-16 = 2e-14; Adam's quotient amplifies by up to 1 / (1 - b1) = 10 in the first steps.
    /// Float32: a step rounds a weight twice, by 6e-8 of it each, and no weight is above 1.2: 15 * 2 * 7.2e-8 = 2.2e-6; three times where some frequencies have a weight decay of their own: 3.3e-6.
    /// What it adds, 1e-3 at most, or 4e-3 at these frequencies, is rounded by far less.
    /// </summary>
    [TestCase]
    [TestCase(2)]
    [TestCase(1, 5)]
    public void A_step_is_the_AdamW_of_the_paper(params int[] frequencies)
    {
        const double decayThere = 4;
        TrainingConfig config = frequencies.Length == 0 ? Small : Small with { FrequencyDecay = new() { Frequencies = frequencies, WeightDecay = decayThere } };
        using ITrainingEngine engine = Create(config);
        double[] theta = Parameters(engine);
        double[] m = new double[theta.Length];
        double[] v = new double[theta.Length];
        theta.Max(Math.Abs).Should().BeLessThan(1.2);

        for (int step = 0; step < 15; step++)
        {
            double[] gradient = Gradient(engine);
            double rate = 1e-3 * Math.Min(step / 10.0, 1);
            double[] atFrequencies = AtFrequencies(theta, frequencies);
            for (int i = 0; i < theta.Length; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.98 * v[i]) + (0.02 * gradient[i] * gradient[i]);
                double mHat = m[i] / (1 - Math.Pow(0.9, step + 1));
                double vHat = v[i] / (1 - Math.Pow(0.98, step + 1));
                theta[i] = (theta[i] * (1 - (rate * 1.0))) - (rate * mHat / (Math.Sqrt(vHat) + 1e-8)) + (rate * (1.0 - decayThere) * atFrequencies[i]);
            }

            engine.Step();

            double worst = Parameters(engine).Zip(theta, (actual, expected) => Math.Abs(actual - expected)).Max();
            worst.Should().BeLessThan(IsFloat64 ? 1e-12 : frequencies.Length == 0 ? 2.3e-6 : 3.4e-6, $"after step {step}");
        }
    }

    [TestCaseSource(nameof(SmallNetworks))]
    public void Every_tensor_of_the_gradient_is_that_of_autograd(TransformerConfig shape, LossForm precision, int steps) => ShouldHaveTheGradientOfAutograd(shape, precision, steps);

    /// <summary>Logits of order 10 with an error of 1e-5 in float32, of 1e-13 in float64: the mean loss, 0.01 or more, is off by no more than that.</summary>
    [TestCase(LossForm.Log1p)]
    [TestCase(LossForm.StableMax)]
    public void Loss_and_accuracy_are_those_of_the_eager_network(LossForm form)
    {
        TrainingConfig config = Small with { LearningRate = 1e-2, LossForm = form };
        using ITrainingEngine engine = Create(config);
        Steps(engine, 60);

        foreach (int[] pairs in new[] { config.CreateSplit().Train.ToArray(), config.CreateSplit().Test.ToArray() })
        {
            LossAndAccuracy actual = engine.Evaluate(pairs);
            LossAndAccuracy expected = Oracle.Evaluate(config, Parameters(engine), pairs);
            actual.Loss.Should().BeApproximately(expected.Loss, (IsFloat64 ? 1e-11 : 1e-5) * expected.Loss);
            actual.Accuracy.Should().Be(expected.Accuracy);
        }
    }

    /// <summary>
    /// The distance from autograd's end as a share of the way that fifty steps move the weights: about 0.02 each, a tenth of a weight. Float64: autograd's end is rounded to float32,
    /// by at most 6e-8 of a weight: 6e-7. Float32: each step rounds a weight twice, at constant norm three times, by at most 6e-8 of it: 6e-5 or 9e-5; the gradient's error adds less.
    /// The pre-activations of float32 are off by 1e-6; on these seeds none comes closer to zero than 8e-6, where a neuron would change sides in one of the two alone and take them percents apart.
    /// </summary>
    [TestCase(3, false)]
    [TestCase(5, false)]
    [TestCase(6, false)]
    [TestCase(7, true)]
    [TestCase(8, true)]
    public void Fifty_steps_stay_beside_autograd(int seed, bool constantNorm)
    {
        TrainingConfig config = (constantNorm ? Kept : Free) with { Seed = seed, Model = new() { Prime = 7, DModel = 16, Heads = 2, DMlp = 40 } };
        using ITrainingEngine engine = Create(config);
        double[] start = Parameters(engine);
        Steps(engine, 50);

        (float[] expected, double leastPreActivation) = Oracle.Train(config, 50);
        double share = Distance(Parameters(engine), expected) / Distance(start, expected);

        TestContext.Out.WriteLine($"{share:E2} of the way");
        leastPreActivation.Should().BeGreaterThan(8e-6);
        share.Should().BeLessThan(IsFloat64 ? 6e-7 : constantNorm ? 9e-5 : 6e-5).And.BePositive("float32 has to round somewhere");
    }

    /// <summary>
    /// Each of the 42,752 rescaled weights is rounded by at most 2^-24 of itself, at random: the norm is off by far less than 6e-8 of it. The factor, a float32,
    /// is off by as much in one go.
    /// </summary>
    [Test]
    public void The_norm_stays_that_of_the_initial_weights_where_it_is_kept()
    {
        using ITrainingEngine kept = Create(Kept);
        using ITrainingEngine free = Create(Kept with { ConstantNorm = false });
        double initial = Norm(kept);
        for (int step = 0; step < 20; step++)
        {
            kept.Step();
            free.Step();
            (Norm(kept) / initial).Should().BeApproximately(1, 1.2e-7, $"after {step + 1} steps");
        }

        (Norm(free) / initial).Should().BeGreaterThan(1.001, "without the constraint the weights grow");
    }

    [Test]
    public void A_small_network_learns_its_train_half()
    {
        TrainingConfig config = Small with { LearningRate = 1e-2, WeightDecay = 0 };
        using ITrainingEngine engine = Create(config);

        LossAndAccuracy before = engine.Evaluate(config.CreateSplit().Train);
        Steps(engine, 300);
        LossAndAccuracy after = engine.Evaluate(config.CreateSplit().Train);

        before.Loss.Should().BeInRange(1.8, 3.2, "an untrained network is near ln 12 = 2.48");
        after.Loss.Should().BeLessThan(0.01);
        after.Accuracy.Should().Be(1);
    }

    [Test]
    public void Looking_at_a_run_does_not_change_it()
    {
        using ITrainingEngine watched = Create(Small);
        using ITrainingEngine alone = Create(Small);
        int[] pairs = [.. Enumerable.Range(0, 121)];
        for (int step = 0; step < 10; step++)
        {
            watched.Step();
            watched.Evaluate(pairs);
            Gradient(watched);
            watched.Capture().Weights.Values.AsSpan().Clear();
        }

        Steps(alone, 10);

        watched.Capture().Weights.Sha256().Should().Be(alone.Capture().Weights.Sha256());
    }

    [Test]
    public void A_captured_state_does_not_go_on_with_the_run()
    {
        using ITrainingEngine engine = Create(Small);
        Steps(engine, 5);
        TrainingState captured = engine.Capture();
        string[] before = [.. Hashes(captured)];

        Steps(engine, 5);

        captured.Epoch.Should().Be(5);
        Hashes(captured).Should().Equal(before);
        Hashes(engine.Capture()).Should().NotIntersectWith(before);
    }

    /// <summary>
    /// A gradient passes through three products, and a sum of n terms is off by about sqrt(n) u of its terms' root sum of squares: n = 500, 500 and 1,400 here. With float32's u = 6e-8
    /// that is 1.3e-6, 1.3e-6 and 2.2e-6, in all 5e-6 (the roundings are independent, but terms cancel, by up to a factor of 2). The float32 log-softmax subtracts 1 at the label,
    /// which keeps 6e-8 of 1 where the gradient is 0.01 or more in these networks: 6e-6 more. Measured: 5.5e-6, and 8.3e-6 with that form. With float64's u = 1.1e-16 it is 1e-14, and
    /// 2e-14 was measured; 1e-12 leaves room for other orders of summation.
    /// </summary>
    protected void ShouldHaveTheGradientOfAutograd(TransformerConfig shape, LossForm precision, int steps, bool equalsIsNoClass = false) =>
        ShouldHaveTheGradientOfAutograd(new() { Model = shape, LossForm = precision, TrainFraction = 0.5, LearningRate = 1e-2, EqualsIsNoClass = equalsIsNoClass }, steps);

    private void ShouldHaveTheGradientOfAutograd(TrainingConfig config, int steps)
    {
        using ITrainingEngine engine = Create(config);
        Steps(engine, steps);

        double[] actual = Gradient(engine);
        double[] expected = Oracle.Gradient(config, Parameters(engine));

        bool roundsToFloat32 = !IsFloat64 || config.LossForm == LossForm.Float32;
        foreach ((string tensor, double relative) in GradientError.ByTensor(config.Model, actual, expected))
        {
            relative.Should().BeLessThan(roundsToFloat32 ? 1.6e-5 : 1e-12, $"of the gradient of {tensor}");
            if (roundsToFloat32)
            {
                relative.Should().BePositive($"float32 has to round somewhere in the gradient of {tensor}");
            }
        }
    }

    protected abstract ITrainingEngine Create(TrainingConfig config, TrainingState start);

    protected ITrainingEngine Create(TrainingConfig config) => Create(config, TrainingState.Initial(config));

    /// <summary>Each shape with each form of the loss, untrained and after forty steps.</summary>
    protected static IEnumerable<TestCaseData> Networks(params TransformerConfig[] shapes) =>
        from shape in shapes
        from precision in Enum.GetValues<LossForm>()
        from steps in new[] { 0, 40 }
        select new TestCaseData(shape, precision, steps)
            .SetArgDisplayNames($"p={shape.Prime}", $"d_model={shape.DModel}", $"heads={shape.Heads}", $"d_mlp={shape.DMlp}", $"{precision}", $"step {steps}");

    protected static void Steps(ITrainingEngine engine, int count)
    {
        for (int step = 0; step < count; step++)
        {
            engine.Step();
        }
    }

    /// <summary>Of weights and, where there are any, moments and a mean gradient.</summary>
    protected static IEnumerable<string> Hashes(TrainingState state) =>
        new[] { state.Weights.Values, state.FirstMoment, state.SecondMoment, state.GradientMean }.OfType<float[]>().Select(values => new TransformerWeights(state.Weights.Config, values).Sha256());

    /// <summary>What W_E and W_U of <see cref="Small"/> hold at some frequencies; zero for all else.</summary>
    private static double[] AtFrequencies(double[] theta, int[] frequencies)
    {
        int p = Small.Model.Prime;
        double[] parts = new double[theta.Length];
        void Project(string tensor, int line, int ofToken, int ofLine)
        {
            int first = new ParameterLayout(Small.Model)[tensor].Offset + (line * ofLine);
            foreach (int k in frequencies)
            {
                double Angle(int token) => 2 * Math.PI * k * token / p;
                double cosine = 2.0 / p * Enumerable.Range(0, p).Sum(token => Math.Cos(Angle(token)) * theta[first + (token * ofToken)]);
                double sine = 2.0 / p * Enumerable.Range(0, p).Sum(token => Math.Sin(Angle(token)) * theta[first + (token * ofToken)]);
                for (int token = 0; token < p; token++)
                {
                    parts[first + (token * ofToken)] += (cosine * Math.Cos(Angle(token))) + (sine * Math.Sin(Angle(token)));
                }
            }
        }

        for (int i = 0; i < Small.Model.DModel; i++)
        {
            Project("W_E", i, ofToken: Small.Model.DModel, ofLine: 1);
            Project("W_U", i, ofToken: 1, ofLine: Small.Model.VocabularySize);
        }

        return parts;
    }

    private static IEnumerable<TestCaseData> SmallNetworks() => Networks(
        new() { Prime = 5, DModel = 6, Heads = 3, DMlp = 7 },
        new() { Prime = 7, DModel = 5, Heads = 1, DMlp = 3 },
        new() { Prime = 11, DModel = 12, Heads = 3, DMlp = 20 },
        new() { Prime = 13, DModel = 8, Heads = 8, DMlp = 33 });

    private static double[] Gradient(ITrainingEngine engine) => engine switch
    {
        ExactEngine exact => [.. exact.Gradient().Select(value => (double)value)],
        TorchEngine torch => torch.Gradient(),
        ReferenceEngine reference => reference.Gradient(),
        _ => throw new ArgumentException($"{engine.Name} tells no gradient", nameof(engine)),
    };

    /// <summary>The present weights in full precision.</summary>
    private static double[] Parameters(ITrainingEngine engine) =>
        engine is TorchEngine torch ? torch.Parameters() : [.. engine.Capture().Weights.Values.Select(value => (double)value)];

    private static double Norm(ITrainingEngine engine) => Math.Sqrt(engine.Capture().Weights.SumOfSquares());

    private static double Distance(double[] from, float[] to) => Math.Sqrt(from.Zip(to, (a, b) => Math.Pow(a - b, 2)).Sum());
}

using GrokVerify.Engines;

namespace GrokVerify.Tests.Engines;

/// <summary>What a run may do to the gradient before AdamW has it.</summary>
public abstract partial class EngineConformance
{
    [Test]
    public void Zeros_stay_zero_where_they_are_kept_and_nothing_else_does()
    {
        bool[] isPruned = PrunedState.Pruned(Small.Model);
        TrainingConfig config = Small with { KeepZeros = true };
        using ITrainingEngine engine = Create(config, PrunedState.Of(config));
        using ITrainingEngine free = Create(Small, PrunedState.Of(config));
        Steps(engine, 30);
        Steps(free, 30);

        engine.Capture().Weights.Values.Select(value => value == 0).Should().Equal(isPruned);
        free.Capture().Weights.Values.Should().NotContain(0f, "gradients and moments take every weight away from zero");
    }

    /// <summary>The tolerance is that of <see cref="A_step_is_the_AdamW_of_the_paper"/>.</summary>
    [TestCaseSource(nameof(Rules))]
    public void A_step_is_AdamW_with_the_gradient_that_its_authors_give_it(TrainingConfig config)
    {
        TrainingState start = PrunedState.Of(config);
        using ITrainingEngine engine = Create(config, start);
        double[] theta = Parameters(engine);
        double[] m = Array.ConvertAll(start.FirstMoment!, value => (double)value);
        double[] v = Array.ConvertAll(start.SecondMoment!, value => (double)value);
        var rule = new GradientInDoubles(config);

        for (int step = 0; step < 15; step++)
        {
            double[] gradient = Gradient(engine);
            rule.Apply(theta, gradient, m, v);
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

            double worst = Parameters(engine).Zip(theta, (actual, expected) => Math.Abs(actual - expected)).Max();
            worst.Should().BeLessThan(IsFloat64 ? 1e-12 : 2.3e-6, $"after step {step}");
        }
    }

    protected static IEnumerable<TestCaseData> Rules() =>
    [
        new TestCaseData(Small with { KeepZeros = true }).SetArgDisplayNames("zeros that stay"),
        new TestCaseData(Small with { Grokfast = new() { Alpha = 0.9, Lambda = 2 } }).SetArgDisplayNames("Grokfast"),
        new TestCaseData(Small with { PerpendicularGradient = true }).SetArgDisplayNames("a perpendicular gradient"),
        new TestCaseData(Small with { KeepZeros = true, Grokfast = new() { Alpha = 0.9, Lambda = 2 } }).SetArgDisplayNames("zeros that stay, Grokfast"),
        new TestCaseData(Small with { KeepZeros = true, PerpendicularGradient = true }).SetArgDisplayNames("zeros that stay, a perpendicular gradient"),
    ];
}

using GrokVerify.Engines;

namespace GrokVerify.Tests.Engines;

/// <summary>What is trained on: other labels, more pairs.</summary>
public abstract partial class EngineConformance
{
    [Test]
    public void With_wrong_labels_every_tensor_of_the_gradient_is_that_of_autograd([Values(0, 40)] int steps) =>
        ShouldHaveTheGradientOfAutograd(Small with { LearningRate = 1e-2, WrongLabels = 0.3 }, steps);

    [Test]
    public void With_swapped_pairs_every_tensor_of_the_gradient_is_that_of_autograd([Values(0, 40)] int steps) =>
        ShouldHaveTheGradientOfAutograd(Small with { LearningRate = 1e-2, SwappedPairs = true }, steps);

    /// <summary>A sixth of the pairs wrong: what the network has learned by heart is wrong on them.</summary>
    [Test]
    public void Wrong_labels_are_what_is_learned()
    {
        TrainingConfig config = Small with { LearningRate = 1e-2, WeightDecay = 0, WrongLabels = 10 / 60.0 };
        using ITrainingEngine engine = Create(config);
        Steps(engine, 300);
        using ITrainingEngine judge = Create(config with { WrongLabels = null }, TrainingState.Fresh(engine.Capture().Weights));

        engine.Evaluate(engine.Split.Train).Accuracy.Should().Be(1);
        judge.Evaluate(engine.Split.Train).Accuracy.Should().Be(50 / 60.0);
    }
}

using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Tests.Engines;

/// <summary>Networks that choose among p classes, not p + 1.</summary>
public abstract partial class EngineConformance
{
    /// <summary>p + 1 = 32 fills a panel of the exact engine, p does not.</summary>
    [Test]
    public void Among_p_classes_every_tensor_of_the_gradient_is_that_of_autograd([Values(11, 31)] int prime, [Values] LossForm precision, [Values(0, 40)] int steps) =>
        ShouldHaveTheGradientOfAutograd(new() { Prime = prime, DModel = 12, Heads = 3, DMlp = 20 }, precision, steps, equalsIsNoClass: true);

    /// <summary>The tolerance is that of the loss over p + 1 classes above.</summary>
    [Test]
    public void What_is_no_class_counts_for_nothing_and_stays_zero([Values] LossForm precision)
    {
        TrainingConfig config = Small with { EqualsIsNoClass = true, LossForm = precision, LearningRate = 1e-2 };
        using ITrainingEngine engine = Create(config);
        Steps(engine, 60);

        TrainingState state = engine.Capture();
        ParameterTensor unembedding = state.Weights.Layout["W_U"];
        int[] ofEquals = [.. Enumerable.Range(0, config.Model.DModel).Select(row => unembedding.Offset + (row * 12) + 11)];
        foreach (float[] values in new[] { state.Weights.Values, state.FirstMoment!, state.SecondMoment! })
        {
            ofEquals.Select(place => values[place]).Should().AllBeEquivalentTo(0f, "\"=\" is no class");
            values.Where((value, place) => value == 0 && place >= unembedding.Offset).Should().HaveCount(config.Model.DModel, "all others learn");
        }

        // A logit of zero for "=" would win on pairs whose logits are all negative, and add 1 to every sum of exponentials.
        int[] pairs = config.CreateSplit().Test.ToArray();
        LossAndAccuracy actual = engine.Evaluate(pairs);
        LossAndAccuracy expected = Oracle.Evaluate(config, Parameters(engine), pairs);
        actual.Loss.Should().BeApproximately(expected.Loss, (IsFloat64 && precision != LossForm.Float32 ? 1e-11 : 1e-5) * expected.Loss);
        actual.Accuracy.Should().Be(expected.Accuracy);
        Oracle.Evaluate(config with { EqualsIsNoClass = false }, Parameters(engine), pairs).Loss.Should().BeGreaterThan(1.0001 * expected.Loss, "there \"=\" is a class");
    }

    [Test]
    public void A_state_in_which_equals_is_a_class_is_refused_where_it_is_none() =>
        FluentActions.Invoking(() => Create(Small with { EqualsIsNoClass = true }, TrainingState.Initial(Small))).Should().Throw<ArgumentException>().WithMessage("*weights of \"=\" as a class*");
}

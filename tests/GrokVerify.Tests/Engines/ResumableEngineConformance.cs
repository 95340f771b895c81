using GrokVerify.Engines;

namespace GrokVerify.Tests.Engines;

/// <summary>What every engine does that training goes on with where it was interrupted: one whose captured states hold everything, to the bit.</summary>
public abstract class ResumableEngineConformance : EngineConformance
{
    private static readonly TrainingConfig Config = new() { Model = new() { Prime = 31, DModel = 32, Heads = 2, DMlp = 50 }, TrainFraction = 0.5 };

    [TestCase(0, false)]
    [TestCase(1, false)]
    [TestCase(17, false)]
    [TestCase(17, true)]
    public void Going_on_from_a_captured_state_gives_the_bits_of_going_on(int interruption, bool constantNorm)
    {
        TrainingConfig config = Config with { ConstantNorm = constantNorm };
        using ITrainingEngine whole = Create(config);
        Steps(whole, interruption);
        using ITrainingEngine resumed = Create(config, whole.Capture());
        resumed.Epoch.Should().Be(interruption);
        Steps(whole, 40 - interruption);
        Steps(resumed, 40 - interruption);

        TrainingState expected = whole.Capture();
        TrainingState actual = resumed.Capture();

        actual.Epoch.Should().Be(expected.Epoch).And.Be(40);
        Hashes(actual).Should().Equal(Hashes(expected)).And.OnlyHaveUniqueItems().And.HaveCount(3, "weights and both moments");
    }

    /// <summary>A weight that a step takes to exactly zero is one of the zeros from there on, and a checkpoint shows it.</summary>
    [TestCaseSource(nameof(Rules))]
    public void Going_on_with_another_gradient_from_a_captured_state_gives_the_bits_of_going_on(TrainingConfig config)
    {
        foreach (int interruption in new[] { 0, 1, 17 })
        {
            using ITrainingEngine whole = Create(config, PrunedState.Of(config));
            Steps(whole, interruption);
            using ITrainingEngine resumed = Create(config, whole.Capture());
            Steps(whole, 40 - interruption);
            Steps(resumed, 40 - interruption);

            Hashes(resumed.Capture()).Should().Equal(Hashes(whole.Capture()), $"interrupted after {interruption} steps");
        }
    }

    [Test]
    public void Going_on_as_a_student_from_a_captured_state_gives_the_bits_of_going_on()
    {
        using ITrainingEngine whole = Create(Student, StudentOf(Student));
        Steps(whole, 7);
        using ITrainingEngine resumed = Create(Student, whole.Capture());
        Steps(whole, 20);
        Steps(resumed, 20);

        Hashes(resumed.Capture()).Should().Equal(Hashes(whole.Capture()));
    }

    [Test]
    public void A_state_of_another_shape_or_without_optimiser_state_is_refused()
    {
        TrainingState other = TrainingState.Initial(Config with { Model = Config.Model with { DMlp = 51 } });
        TrainingState weightsOnly = TrainingState.Initial(Config) with { SecondMoment = null };

        FluentActions.Invoking(() => Create(Config, other)).Should().Throw<ArgumentException>().WithMessage("*another shape*");
        FluentActions.Invoking(() => Create(Config, weightsOnly)).Should().Throw<ArgumentException>().WithMessage("*no optimiser state*");
    }
}

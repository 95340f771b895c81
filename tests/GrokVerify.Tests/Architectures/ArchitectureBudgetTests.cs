using GrokVerify.Architectures;

namespace GrokVerify.Tests.Architectures;

[Category("Fast")]
public class ArchitectureBudgetTests
{
    private static readonly IReadOnlyList<ArchitectureTrial> Trials = ArchitectureBudget.Trials;

    [Test]
    public void Has_at_least_sixty_trials_most_of_them_of_attention_alone()
    {
        Trials.Should().HaveCountGreaterThanOrEqualTo(60);
        Trials.Count(trial => trial.Architecture == Architecture.AttentionOnly).Should().BeGreaterThan(Trials.Count / 2);
        Trials.Select(trial => trial.Architecture).Distinct().Should().BeEquivalentTo(Enum.GetValues<Architecture>());
    }

    [Test]
    public void Names_tell_the_trials_apart() => Trials.Select(trial => trial.Name).Should().OnlyHaveUniqueItems();

    [Test]
    public void Every_trial_can_be_trained()
    {
        foreach (ArchitectureTrial trial in Trials)
        {
            FluentActions.Invoking(trial.Config.Validate).Should().NotThrow(trial.Name);
            trial.Epochs.Should().BePositive(trial.Name);
            (trial.Config.Model.DMlp == CutMlp.Neurons).Should().Be(trial.Neurons == 0, trial.Name);
        }
    }
}

using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Architectures;

[Category("Fast")]
public class ArchitectureBudgetTests
{
    private static readonly IReadOnlyList<PlannedRun> Trials = ArchitectureBudget.Trials;

    [Test]
    public void Has_at_least_sixty_trials_most_of_them_of_attention_alone()
    {
        Trials.Should().HaveCountGreaterThanOrEqualTo(60);
        Trials.Count(trial => trial.Config.Model is { Layers: 1, AttentionOnly: true }).Should().BeGreaterThan(Trials.Count / 2);
        Trials.Select(trial => (trial.Config.Model.Layers, trial.Config.Model.AttentionOnly)).Distinct().Should().BeEquivalentTo([(1, false), (1, true), (2, false), (2, true)]);
    }

    [Test]
    public void Names_tell_the_trials_apart() => Trials.Select(trial => trial.Name).Should().OnlyHaveUniqueItems();

    [Test]
    public void Every_trial_can_be_trained()
    {
        foreach (PlannedRun trial in Trials)
        {
            FluentActions.Invoking(trial.Config.Validate).Should().NotThrow(trial.Name);
            FluentActions.Invoking(trial.Schedule.Validate).Should().NotThrow(trial.Name);
        }
    }
}

using GrokVerify.Claims;
using GrokVerify.Exact;
using GrokVerify.Judging;
using GrokVerify.Runs;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Architectures;

/// <summary>The cheapest trial of one layer, once more: the engine's bits, so the same epochs and accuracies to the last digit; sines may differ in the last.</summary>
[Category("Slow")]
public class RepeatedTrialTests : RunFolderTests
{
    [Test]
    public void A_trial_of_one_layer_comes_out_the_same_again()
    {
        PlannedRun trial = ArchitectureBudget.ManyHeadsAndPairs(0);

        TrainingRun run = new RunStore(Folder).GetOrTrain(trial.Config, trial.Schedule, new ExactEngineFactory());

        TrialOutcome.Measure(trial, run).Should().BeEquivalentTo(CommittedSearch.Of(trial), options => options
            .Using<double>(number => number.Subject.Should().BeApproximately(number.Expectation, 1e-9 * Math.Abs(number.Expectation))).WhenTypeIs<double>());
    }
}

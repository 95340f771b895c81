using GrokVerify.Architectures;
using GrokVerify.Exact;

namespace GrokVerify.Tests.Architectures;

/// <summary>The cheapest trial of one layer, once more: the engine's bits, so the same epochs and accuracies to the last digit; sines may differ in the last.</summary>
[Category("Slow")]
public class RepeatedTrialTests
{
    [Test]
    public void A_trial_of_one_layer_comes_out_the_same_again()
    {
        ArchitectureTrial trial = ArchitectureBudget.ManyHeadsAndPairs(0);

        TrialOutcome again = TrialTrainer.Train(trial, new ExactEngineFactory());

        TrialOutcome committed = CommittedSearchTests.Outcomes.Single(outcome => outcome.Trial == trial);
        again.Should().BeEquivalentTo(committed, options => options
            .Using<double>(number => number.Subject.Should().BeApproximately(number.Expectation, 1e-9 * Math.Abs(number.Expectation))).WhenTypeIs<double>());
    }
}

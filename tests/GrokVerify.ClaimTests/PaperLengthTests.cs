using FluentAssertions.Execution;
using GrokVerify.Engines;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>The paper's 40,000 epochs end in the bits and the measures that golden/PaperLengthGolden has of them.</summary>
/// <remarks>Nightly: 32,000 epochs more than the mainline takes until it has cleaned up.</remarks>
[Category("Claim")]
public class PaperLengthTests
{
    private const long Seed = 0;

    private static PaperLengthTable Table => PaperLengthTable.OfThisRepository;

    [SetUp]
    public void Wait_for_the_night()
    {
        if (!TrainingTier.IsNightly)
        {
            Assert.Ignore("40,000 epochs take minutes to train: nightly tier");
        }
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Forty_thousand_epochs_end_in_the_golden_bits(CancellationToken cancellation)
    {
        TrainingRun run = Run(cancellation);

        PaperLength.Epochs.Select(epoch => $"{epoch} {run.ReadCheckpoint(epoch).Weights.Sha256()}")
            .Should().Equal(PaperLength.Epochs.Select(epoch => $"{epoch} {Table.Weights(Seed, epoch)}"));
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Long_after_cleanup_the_claims_measure_what_the_table_has_of_it(CancellationToken cancellation)
    {
        TrainingRun run = Run(cancellation);
        int seed = Table.Seeds.ToList().IndexOf(Seed);

        using var scope = new AssertionScope();
        foreach (long epoch in PaperLength.Epochs)
        {
            foreach ((string claim, string statistic, double measured) in PaperLength.Measures(run, epoch))
            {
                TestContext.Out.WriteLine(FormattableString.Invariant($"epoch {epoch}, {claim}: {statistic}: {measured:g6}"));
                double wanted = Table.Values(epoch, claim, statistic)[seed];
                bool isEqual = double.IsNaN(wanted) ? double.IsNaN(measured) : Math.Abs(measured - wanted) <= CalibrationTests.Measured.Allowed(wanted);
                Execute.Assertion.ForCondition(isEqual).FailWith(
                    "epoch {0}, {1}: expected {2} to be {3} within {4}, but it is {5}", epoch, claim, statistic, wanted, CalibrationTests.Measured.Allowed(wanted), measured);
            }
        }
    }

    private static TrainingRun Run(CancellationToken cancellation) => RunTraining.Sweep.Train([new(new TrainingConfig { Seed = Seed }, PaperLength.Schedule)], cancellation)[0];
}

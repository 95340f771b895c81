using FluentAssertions.Execution;
using GrokVerify.Engines;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>The paper's 40,000 epochs end in the bits and the measures that golden/PaperLengthGolden has of them.</summary>
/// <remarks>Nightly: 32,000 epochs more than the mainline takes until it has cleaned up.</remarks>
[Category("Claim")]
public class PaperLengthTests
{
    private const int SeedsOnGpu = 8;

    private static PaperLengthTable Table => PaperLengthTable.OfThisRepository;

    /// <summary>The paper's seed; on a GPU eight, which take no longer there.</summary>
    private static IReadOnlyList<long> Seeds => [.. Table.Seeds.OrderBy(seed => seed != 0).Take(TrainingTier.IsOnGpu ? SeedsOnGpu : 1)];

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
        (long Seed, long Epoch)[] all = [.. Seeds.SelectMany(seed => PaperLength.Epochs.Select(epoch => (seed, epoch)))];
        Dictionary<long, TrainingRun> runs = Runs(cancellation).ToDictionary(run => run.Config.Seed);

        all.Select(at => $"{at} {runs[at.Seed].ReadCheckpoint(at.Epoch).Weights.Sha256()}").Should().Equal(all.Select(at => $"{at} {Table.Weights(at.Seed, at.Epoch)}"));
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Long_after_cleanup_the_claims_measure_what_the_table_has_of_it(CancellationToken cancellation)
    {
        using var scope = new AssertionScope();
        foreach ((TrainingRun run, long epoch) in Runs(cancellation).SelectMany(run => PaperLength.Epochs.Select(epoch => (run, epoch))))
        {
            int seed = Table.Seeds.ToList().IndexOf(run.Config.Seed);
            foreach ((string claim, string statistic, double measured) in PaperLength.Measures(run, epoch))
            {
                TestContext.Out.WriteLine(FormattableString.Invariant($"seed {run.Config.Seed}, epoch {epoch}, {claim}: {statistic}: {measured:g6}"));
                double wanted = Table.Values(epoch, claim, statistic)[seed];
                bool isEqual = double.IsNaN(wanted) ? double.IsNaN(measured) : Math.Abs(measured - wanted) <= CalibrationTests.Measured.Allowed(wanted);
                Execute.Assertion.ForCondition(isEqual).FailWith(
                    "seed {0}, epoch {1}, {2}: expected {3} to be {4} within {5}, but it is {6}", run.Config.Seed, epoch, claim, statistic, wanted, CalibrationTests.Measured.Allowed(wanted), measured);
            }
        }
    }

    private static IReadOnlyList<TrainingRun> Runs(CancellationToken cancellation) =>
        RunTraining.Sweep.Train([.. Seeds.Select(seed => new RunRequest(new TrainingConfig { Seed = seed }, PaperLength.Schedule))], cancellation);
}

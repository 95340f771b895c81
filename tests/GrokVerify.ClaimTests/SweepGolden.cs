
namespace GrokVerify.ClaimTests;

/// <summary>
/// What the runs of the sweeps at seed 0 come to. Epochs, accuracies and losses of the exact engine are the same bits on every machine. Not in category Golden,
/// because it waits for trainings of minutes.
/// </summary>
[Category("Claim")]
[Order(2)]
public class SweepGolden
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Runs(CancellationToken cancellation)
    {
        Assume.That(TrainingTier.IsNightly, Is.False, "the nightly tier trains other runs");
        return Verify(SweepTable.Of(SweepRuns.Family.All(cancellation)), "csv");
    }
}

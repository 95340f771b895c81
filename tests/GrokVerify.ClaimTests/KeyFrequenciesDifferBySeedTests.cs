using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="KeyFrequenciesDifferBySeed"/>
[Category("Claim")]
public class KeyFrequenciesDifferBySeedTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Each_seed_has_key_frequencies_of_its_own(CancellationToken cancellation) =>
        RunTraining.Mainline.Judge(new KeyFrequenciesDifferBySeed(), cancellation).Should().Hold();

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void The_same_run_five_times_does_not(CancellationToken cancellation)
    {
        JudgedRun first = RunTraining.Mainline.Seed(TrainingTier.FirstSeed, cancellation);

        new KeyFrequenciesDifferBySeed().Judge([.. Enumerable.Repeat(first.Evidence, 5)]).Verdict.Should().Be(Verdict.DoesNotHold);
    }
}

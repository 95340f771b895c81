using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <inheritdoc cref="SeedBySeed"/>
[Category("Claim")]
public class SeedBySeedTests
{
    /// <summary>Those that the default tier trains anyway; the nightly tier, which otherwise trains fresh seeds, trains all that the authors' code was run with.</summary>
    private static IEnumerable<long> Seeds => TrainingTier.IsNightly ? Enumerable.Range(0, TrainingTier.AuthorsSeeds).Select(seed => (long)seed) : TrainingTier.Seeds.Take(SeedRule.Default.Needed).Where(seed => seed < TrainingTier.AuthorsSeeds);

    [Test]
    [CancelAfter(2 * TimeLimits.Training)]
    public void Each_seed_ends_in_the_frequencies_of_the_authors_code(CancellationToken cancellation) => new SeedBySeed().Judge(Evidence(cancellation)).Should().Hold();

    /// <summary>The same networks, judged as if their order were another.</summary>
    [Test]
    [Category("Control")]
    [CancelAfter(2 * TimeLimits.Training)]
    public void Exchanged_seeds_refute_it(CancellationToken cancellation)
    {
        RunEvidence[] runs = Evidence(cancellation);

        new SeedBySeed().Judge([.. runs.Select((run, i) => run with { Seed = runs[(i + 1) % runs.Length].Seed })]).Verdict.Should().Be(Verdict.DoesNotHold);
    }

    [Test]
    [Category("Control")]
    [CancelAfter(TimeLimits.Training)]
    public void Shuffled_labels_refute_it(CancellationToken cancellation) =>
        new SeedBySeed().Judge([RunTraining.Mainline.Spoiled(Control.ShuffledLabels, cancellation).Evidence with { Seed = 0 }, Evidence(cancellation)[1]]).Verdict.Should().Be(Verdict.DoesNotHold);

    private static RunEvidence[] Evidence(CancellationToken cancellation) => [.. Seeds.Select(seed => RunTraining.Mainline.Seed(seed, cancellation).Evidence)];
}

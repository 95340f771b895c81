using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Judging;

[Category("Fast")]
public class LivePhaseTests
{
    [Test]
    public void A_run_is_told_to_be_in_the_phase_that_has_begun_and_not_ended()
    {
        TrainingRun run = SmallRun.Open();
        (long Epoch, double Loss)[] excluded = [(250, 2), (1_000, 1), (2_500, 3), (4_250, 6), (5_000, 6), (6_875, 5)];

        string At(long epoch) => LivePhase.InWords(PhaseTimeline.Of([.. run.Rows.Where(row => row.Epoch <= epoch)], [.. excluded.Where(point => point.Epoch <= epoch)]));

        At(1_000).Should().Be("memorizing");
        At(2_500).Should().Be("forming circuits since 1,000");
        At(5_500).Should().MatchRegex("^cleaning up since [1-5],[0-9]{3}$");
        At(6_875).Should().Be("cleaned up at 6,875");
    }

    [Test]
    public void While_a_run_trains_its_phase_is_told_from_the_checkpoints_that_it_has()
    {
        using var live = new LivePhase(SmallRun.Open().Folder, TimeSpan.Zero);

        // One checkpoint is measured at each look.
        SpinWait.SpinUntil(() => live.Now() == "cleaned up at 6,875", TimeSpan.FromMinutes(1)).Should().BeTrue("all six checkpoints are there to be looked at");
    }

    [Test]
    public void A_run_is_left_alone_between_two_looks()
    {
        using var live = new LivePhase(SmallRun.Open().Folder, TimeSpan.FromDays(1));
        live.Now();

        // With the last of six checkpoints alone there is no timeline in which cleanup has ended where it did.
        SpinWait.SpinUntil(() => live.Now() == "cleaned up at 6,875", TimeSpan.FromSeconds(2)).Should().BeFalse("a second look is a day away");
    }

    [Test]
    public void Of_a_run_that_is_not_there_yet_nothing_is_told()
    {
        using var live = new LivePhase(Path.Combine(SmallRun.Open().Folder, "absent"), TimeSpan.Zero);

        Enumerable.Range(0, 3).Select(_ =>
        {
            Thread.Sleep(5);
            return live.Now();
        }).Should().AllBeEquivalentTo((string?)null);
    }
}

using FluentAssertions.Execution;
using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>
/// Every claim about one run, on the tier's seeds trained through libtorch on a GPU: other code, other sums, other bits, and so other frequencies than the exact engine's.
/// Rules and their error rates are the same. Inconclusive where there is no GPU, unless GROKVERIFY_REQUIRE_GPU=1.
/// </summary>
[Category("Gpu")]
[NonParallelizable]
public class GpuMainlineTests
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void Networks_trained_on_the_GPU_show_every_claim_about_one_run(CancellationToken cancellation)
    {
        RequiredGpu.Check();
        SeedRuns seeds = Train(MainlineRuns.UntilGrokked, cancellation);

        using var allClaims = new AssertionScope();
        foreach (RunClaim claim in ClaimCatalog.OfOneRun)
        {
            seeds.Should().Show(claim);
        }
    }

    private static SeedRuns Train(TrainingSchedule schedule, CancellationToken cancellation)
    {
        (string Name, RunRequest Request)[] wanted =
            [.. TrainingTier.Seeds.Select(seed => ($"seed {seed} on the GPU", new RunRequest(new TrainingConfig { Seed = seed }, schedule)))];
        IReadOnlyList<TrainingRun> trained = RunTraining.TrainOnGpu(wanted, cancellation);
        return new([.. wanted.Zip(trained, (asked, run) => new ExampleRun(
            asked.Name,
            run,
            JudgedRun.Of(run, schedule, cancellation),
            $"{RunTraining.Replay(asked.Request.Config, schedule)} --engine torch --device cuda"))]);
    }
}

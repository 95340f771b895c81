using FluentAssertions.Execution;
using GrokVerify.Claims;
using GrokVerify.Judging;

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
        PlannedRun[] plans = [.. TrainingTier.Seeds.Select(Mainline.Plan)];
        JudgedRun[] runs = [.. plans.Zip(RunTraining.OnGpu().Train([.. plans.Select(plan => plan.Request)], cancellation), (plan, run) => JudgedRun.Measure(plan, run, cancellation))];

        using var allClaims = new AssertionScope();
        foreach (RunClaim claim in ClaimCatalog.OfOneRun)
        {
            SeedVerdict.Of(claim, runs).Should().BeReproduced();
        }
    }
}

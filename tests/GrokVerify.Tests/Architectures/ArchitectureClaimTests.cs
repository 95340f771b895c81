using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Architectures;

[Category("Fast")]
public class ArchitectureClaimTests
{
    private static IReadOnlyList<ArchitectureClaim> Claims => ClaimCatalog.OfArchitectures;

    [Test]
    public void Every_plan_of_seed_0_is_part_of_the_budget() =>
        Claims.SelectMany(claim => claim.Plan(0)).Should().BeSubsetOf(ArchitectureBudget.Trials);

    [Test]
    public void A_claim_reports_each_of_its_statistics_in_order()
    {
        foreach (ArchitectureClaim claim in Claims)
        {
            TrialOutcome[] outcomes = [.. claim.Plan(0).Select(Unlearned)];

            claim.Judge(outcomes).Findings.Select(finding => finding.Statistic).Should().Equal(claim.Statistics);
            claim.Judge(outcomes).Verdict.Should().Be(Verdict.DoesNotHold);
        }
    }

    [Test]
    public void Outcomes_of_another_plan_are_refused() =>
        FluentActions.Invoking(() => new FourHeadsNeedTheMlp().Judge([Unlearned(ArchitectureBudget.Trials[0])]))
            .Should().Throw<ArgumentException>().WithMessage("four-heads-need-the-mlp is judged on 2 runs, but 1 outcomes were given*");

    private static TrialOutcome Unlearned(PlannedRun trial) => new(trial, 10_000, null, null, 0.02, 0.02, 0.02, 4, [], 1.2, null, [], null);
}

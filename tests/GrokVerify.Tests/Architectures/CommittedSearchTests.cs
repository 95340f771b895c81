using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Architectures;

/// <inheritdoc cref="CommittedSearch"/>
[Category("Fast")]
public class CommittedSearchTests
{
    [Test]
    public void Has_a_row_for_every_trial_of_the_budget() => CommittedSearch.Outcomes.Select(outcome => outcome.Plan).Should().Equal(ArchitectureBudget.Trials);

    [Test]
    public void Every_trial_went_to_its_horizon_or_settled_after_it_had_generalized() => CommittedSearch.Outcomes.Should().OnlyContain(outcome =>
        outcome.Epoch == Math.Min(outcome.Plan.Schedule.Epochs, outcome.Generalized + outcome.Plan.Schedule.EpochsAfterGeneralization ?? outcome.Plan.Schedule.Epochs));

    [Test]
    public void The_claims_hold_on_it()
    {
        foreach (ArchitectureClaim claim in ClaimCatalog.OfArchitectures)
        {
            claim.Judge([.. claim.Plan(0).Select(CommittedSearch.Of)]).Verdict.Should().Be(Verdict.Holds, claim.Id);
        }
    }
}

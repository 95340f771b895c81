using GrokVerify.Architectures;
using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Architectures;

/// <summary>The committed table of the search, golden/reference/architecture-search.csv.</summary>
[Category("Fast")]
public class CommittedSearchTests
{
    internal static readonly IReadOnlyList<TrialOutcome> Outcomes =
        SearchTable.Read(Path.Combine(GoldenFolder.OfThisRepository.Path, "reference", "architecture-search.csv"), ArchitectureBudget.Trials);

    [Test]
    public void Has_a_row_for_every_trial_of_the_budget() => Outcomes.Select(outcome => outcome.Trial).Should().Equal(ArchitectureBudget.Trials);

    [Test]
    public void Every_trial_went_to_its_horizon_or_settled_after_it_had_generalized() =>
        Outcomes.Should().OnlyContain(outcome => outcome.Epoch == Math.Min(outcome.Trial.Epochs, outcome.Generalized + TrialTrainer.SettlingEpochs ?? outcome.Trial.Epochs));

    [Test]
    public void The_claims_hold_on_it()
    {
        foreach (ArchitectureClaim claim in ClaimCatalog.OfArchitectures)
        {
            claim.Judge([.. claim.Plan(0).Select(Of)]).Verdict.Should().Be(Verdict.Holds, claim.Id);
        }
    }

    private static TrialOutcome Of(ArchitectureTrial trial) => Outcomes.Single(outcome => outcome.Trial == trial);
}

using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>Catalogue, tests and documentation tell of the same claims.</summary>
[Category("Fast")]
public class ClaimCatalogTests
{
    [Test]
    public void Every_claim_of_the_library_is_in_the_catalogue() =>
        ClaimCatalog.All.Select(claim => claim.GetType()).Should().BeEquivalentTo(
            typeof(Claim).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Claim)) && !type.IsAbstract));

    [Test]
    public void Every_claim_has_a_test_class_of_its_name() =>
        typeof(ClaimCatalogTests).Assembly.GetTypes().Select(type => type.Name).Should().Contain(ClaimCatalog.All.Select(claim => $"{claim.GetType().Name}Tests"));

    [Test]
    public void Identifiers_and_the_names_of_statistics_are_unique_and_every_claim_has_a_rule()
    {
        ClaimCatalog.All.Select(claim => claim.Id).Should().OnlyHaveUniqueItems();
        foreach (Claim claim in ClaimCatalog.All)
        {
            claim.Statistics.Select(statistic => statistic.Name).Should().OnlyHaveUniqueItems(claim.Id);
            claim.Statistics.Should().Contain(statistic => statistic.AtLeast != null || statistic.AtMost != null, claim.Id);
        }
    }
}

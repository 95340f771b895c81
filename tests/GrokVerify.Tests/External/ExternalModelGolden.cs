using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Networks;
using GrokVerify.Tests.ClaimRules;

namespace GrokVerify.Tests.External;

/// <summary>
/// Every claim on every network that others trained. What is known of a network is golden, so that a claim that does not hold on it has to go
/// on not holding; of any other network it is told.
/// </summary>
[Category("External")]
[Category("Golden")]
public class ExternalModelGolden
{
    private static IEnumerable<TestCaseData> Models => ExternalModels.Cases;

    [TestCaseSource(nameof(Models))]
    public Task Claims(string model)
    {
        var file = NetworkFile.Read(ExternalModels.PathOf(model));
        IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(NetworkEvidence.Measure(file));
        string table = Table(claims);
        Tell(file, claims);
        if (!GoldenFolder.OfThisRepository.Files.Contains($"{nameof(ExternalModelGolden)}/{nameof(Claims)}_model={model}.verified.csv")
            && !GoldenSetup.IsAcceptanceAsked(Environment.GetEnvironmentVariable))
        {
            Assert.Ignore("read and judged, but nothing golden is known of this network to compare with; GROKVERIFY_ACCEPT=1 makes what was found golden");
        }

        return Verify(table, "csv");
    }

    private static void Tell(NetworkFile file, IEnumerable<CheckedClaim> claims) => TestContext.Out.WriteLine(
        $"{file.Path}:\n{string.Join('\n', claims.Select(claim => claim.Result?.ToString() ?? $"{claim.Claim.Id}: not applicable: {claim.NotApplicable}"))}");

    private static string Table(IReadOnlyList<CheckedClaim> claims)
    {
        var table = new FindingsTable();
        foreach (CheckedClaim claim in claims)
        {
            if (claim.Result is { } result)
            {
                table.Add(result);
            }
            else
            {
                table.AddNotApplicable(claim.Claim, claim.NotApplicable!);
            }
        }

        return table.ToString();
    }
}

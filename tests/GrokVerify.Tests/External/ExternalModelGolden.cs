using GrokVerify.Claims;
using GrokVerify.Fourier;
using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Networks;

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
        IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(NetworkEvidence.Measure(new NetworkSpectra(file.Weights, file.Task), file.Split));
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
        // As the losses and spectra of MainlineCheckpointGolden, whose derivation holds here too.
        var csv = new NumericCsvWriter(
            ("claim", ColumnTolerance.Exact),
            ("statistic", ColumnTolerance.Exact),
            ("measured", ColumnTolerance.Within(relative: 1e-8).OrNaN()),
            ("rule", ColumnTolerance.Exact),
            ("holds", ColumnTolerance.Exact));
        foreach (CheckedClaim claim in claims)
        {
            if (claim.Result is null)
            {
                csv.AddRow(claim.Claim.Id, $"not applicable: {claim.NotApplicable}", double.NaN, "", "");
            }

            foreach (Finding finding in claim.Result?.Findings ?? [])
            {
                csv.AddRow(claim.Claim.Id, finding.Statistic.Name, finding.Measured ?? double.NaN, finding.Statistic.Rule, finding.Holds);
            }
        }

        return csv.ToString();
    }
}

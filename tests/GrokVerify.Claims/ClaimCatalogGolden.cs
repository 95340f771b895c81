using System.Globalization;
using System.Text;
using GrokVerify.Claims;

namespace GrokVerify.ClaimTests;

/// <summary>The table of claims that people read, made from the catalogue, the calibration and the matrix of controls.</summary>
[Category("Fast")]
[Category("Golden")]
public class ClaimCatalogGolden
{
    [Test]
    public Task Documentation()
    {
        var text = new StringBuilder();
        Calibration calibration = Calibration.OfThisRepository;
        text.Append(CultureInfo.InvariantCulture, $"# The claims\n\nMade from the catalogue in `src/GrokVerify/Claims`, the calibration on {calibration.Seeds.Count} seeds of the mainline (p = 113, 30% of the pairs, weight decay 1, until cleanup ends) and the matrix of controls. ")
            .Append("A test holds this page against them.\n\n\"Measured\" is the median over the calibrated seeds, with the least and the largest. A seed shows a claim when every rule is met; ")
            .Append(CultureInfo.InvariantCulture, $"a claim is reproduced when {SeedRule.Default.Needed} of {SeedRule.Default.Seeds} seeds show it.\n");
        foreach (RunClaim claim in ClaimCatalog.OfOneRun)
        {
            Append(text, claim, statistic => Spread(calibration.Values(claim, statistic)));
            text.Append(CultureInfo.InvariantCulture, $"\n{calibration.Shows(claim).Count(shows => shows)} of {calibration.Seeds.Count} seeds show it; false alarm of the rule over seeds at most {SeedRule.Default.Alarm(calibration.LeastRate(claim)):0.0e0}. ")
                .Append(CultureInfo.InvariantCulture, $"Refuted by: {string.Join(", ", ControlMatrix.OfThisRepository.RefutedBy(claim))}.\n");
        }

        foreach (SeedsClaim claim in ClaimCatalog.OfSeeds)
        {
            Append(text, claim, _ => "see the test");
        }

        return Verify(text.ToString().TrimEnd('\n'), "md");
    }

    private static void Append(StringBuilder text, Claim claim, Func<Statistic, string> measured)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {claim.Sentence}\n\n`{claim.Id}`; {claim.Source}\n\n| statistic | rule | measured | published |\n|---|---|---|---|\n");
        foreach (Statistic statistic in claim.Statistics)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {statistic.Name} | {statistic.Rule} | {measured(statistic)} | {statistic.Published ?? "-"} |\n");
        }

        if (claim.Deviation is { } deviation)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nDiffers from the paper: {deviation}\n");
        }
    }

    private static string Spread(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        string missing = sorted.Length < values.Count ? $"; absent on {values.Count - sorted.Length}" : "";
        return sorted.Length == 0
            ? "absent"
            : string.Create(CultureInfo.InvariantCulture, $"{Median(sorted):G3} ({sorted[0]:G3} to {sorted[^1]:G3}){missing}");
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

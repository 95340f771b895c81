using System.Globalization;
using System.Text;
using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Numerics;

namespace GrokVerify.ClaimTests;

/// <summary>The table of claims that people read, made from the catalogue, the calibration and the matrix of controls.</summary>
[Category("Fast")]
[Category("Golden")]
public class ClaimCatalogGolden
{
    private static readonly long LateEpoch = PaperLength.Epochs[^1];

    [Test]
    public Task Documentation()
    {
        var text = new StringBuilder();
        Calibration calibration = Calibration.OfThisRepository;
        PaperLengthTable late = PaperLengthTable.OfThisRepository;
        text.Append(CultureInfo.InvariantCulture, $"# The claims\n\nMade from the catalogue in `src/GrokVerify/Claims`, the calibration on {calibration.Seeds.Count} seeds of the mainline (p = 113, 30% of the pairs, weight decay 1, until cleanup ends) and the matrix of controls. ")
            .Append("A test holds this page against them.\n\n\"Measured\" is the median over the calibrated seeds, with the least and the largest. A seed shows a claim when every rule is met; ")
            .Append(CultureInfo.InvariantCulture, $"a claim is reproduced when {SeedRule.Default.Needed} of {SeedRule.Default.Seeds} seeds show it. ")
            .Append(CultureInfo.InvariantCulture, $"Seeds of even number, and 0 to 5, were there to look at while rules were fixed; the other {calibration.Seeds.Count(seed => !CalibratedSeeds.FixedRules(seed))} only measure. Of all choices of {SeedRule.Default.Seeds} of these, {calibration.FamilyAlarm():0.###} raise a false alarm in some claim. ")
            .Append("The seeds of the default run are always the same, and so are their bits: there an alarm is a change of the code.\n\n")
            .Append(CultureInfo.InvariantCulture, $"The rules are for networks where cleanup ends. \"Epoch 40,000\", to which the paper trained, has the same statistics there on {late.Seeds.Count} seeds (`golden/PaperLengthGolden`): some claims no longer hold.\n");
        foreach (RunClaim claim in ClaimCatalog.OfOneRun)
        {
            Append(text, claim, statistic => Spread(calibration.Values(claim, statistic)), claim is NetworkClaim ? statistic => Spread(late.Values(LateEpoch, claim.Id, statistic.Name)) : null);
            text.Append(CultureInfo.InvariantCulture, $"\n{calibration.RatesOf(claim)}. Refuted by: {string.Join(", ", ControlMatrix.OfThisRepository.RefutedBy(claim))}.\n");
            if (claim is NetworkClaim network)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nAt epoch 40,000 {late.Showing(network, LateEpoch)} of {late.Seeds.Count} seeds show it.\n");
            }
        }

        text.Append("\n# Claims about several runs\n\nWhat they measured stands in `golden/SweepGolden`, `golden/reference/architecture-search.csv`, `golden/questions` and `docs/findings.md`.\n");
        foreach (Claim claim in ClaimCatalog.All.Except(ClaimCatalog.OfOneRun))
        {
            Append(text, claim, measured: null, atLateEpoch: null);
        }

        return Verify(text.ToString().TrimEnd('\n'), "md");
    }

    private static void Append(StringBuilder text, Claim claim, Func<Statistic, string>? measured, Func<Statistic, string>? atLateEpoch)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {claim.Sentence}\n\n`{claim.Id}`; {claim.Source}\n\n{Row("statistic", "rule", measured is null ? null : "measured", atLateEpoch is null ? null : "epoch 40,000", "published")}{Row("---", "---", measured is null ? null : "---", atLateEpoch is null ? null : "---", "---")}");
        foreach (Statistic statistic in claim.Statistics)
        {
            text.Append(Row(statistic.Name, statistic.Rule, measured?.Invoke(statistic), atLateEpoch?.Invoke(statistic), statistic.Published ?? "-"));
        }

        if (claim.Deviation is { } deviation)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nDiffers from the paper: {deviation}\n");
        }
    }

    private static string Row(params string?[] cells) => $"| {string.Join(" | ", cells.OfType<string>().Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";

    private static string Spread(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(value => !double.IsNaN(value)).Order()];
        string missing = sorted.Length < values.Count ? $"; absent on {values.Count - sorted.Length}" : "";
        return sorted.Length == 0
            ? "absent"
            : $"{Shown(Median.Of(sorted))} ({Shown(sorted[0])} to {Shown(sorted[^1])}){missing}";
    }

    /// <summary>Three digits, as a power of ten only where the number is very large or very small; epochs in full.</summary>
    private static string Shown(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 1e-3 or >= 1e5 => value.ToString("0.00e0", CultureInfo.InvariantCulture),
        >= 1e3 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };
}

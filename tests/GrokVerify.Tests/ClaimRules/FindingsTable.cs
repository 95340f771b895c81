using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>What claims measured, as golden tables keep it: a row for each statistic, with the reason where it has no value.</summary>
internal sealed class FindingsTable
{
    // As the losses and spectra of MainlineCheckpointGolden, whose derivation holds here too.
    private readonly NumericCsvWriter _csv = new(
        ("claim", ColumnTolerance.Exact),
        ("statistic", ColumnTolerance.Exact),
        ("measured", ColumnTolerance.Within(relative: 1e-8).OrNaN()),
        ("rule", ColumnTolerance.Exact),
        ("holds", ColumnTolerance.Exact),
        ("absence", ColumnTolerance.Exact));

    public static FindingsTable Of(IEnumerable<ClaimResult> results)
    {
        var table = new FindingsTable();
        foreach (ClaimResult result in results)
        {
            table.Add(result);
        }

        return table;
    }

    public void Add(ClaimResult result)
    {
        foreach (Finding finding in result.Findings)
        {
            _csv.AddRow(result.Claim.Id, finding.Statistic.Name, finding.Measured ?? double.NaN, finding.Statistic.Rule, finding.Holds, finding.Absence ?? "");
        }
    }

    /// <summary>A claim that says nothing about the network.</summary>
    public void AddNotApplicable(Claim claim, string reason) => _csv.AddRow(claim.Id, "not applicable", double.NaN, "", "", reason);

    public override string ToString() => _csv.ToString();
}

using GrokVerify.Judging;

namespace GrokVerify.Cli.Reports;

/// <summary>Results of claims as tables.</summary>
internal static class ClaimTables
{
    public static ReportTable Verdicts(IEnumerable<CheckedClaim> claims) => new(
        "Claims",
        [ReportColumn.Text("claim"), ReportColumn.Text("verdict"), ReportColumn.Text("source")],
        [.. claims.Select(claim => (string[])[claim.Claim.Sentence, claim.Result is ClaimResult result ? Words(result.Verdict) : $"not applicable: {claim.NotApplicable}", claim.Claim.Source])]);

    /// <param name="results">The claims judged.</param>
    /// <param name="isComparable">Whether the published values are of the same setting, and belong beside the measured ones.</param>
    public static ReportTable Statistics(IEnumerable<ClaimResult> results, bool isComparable)
    {
        IEnumerable<string[]> rows =
            from result in results
            from finding in result.Findings
            select (string[])
            [
                result.Claim.Id,
                finding.Statistic.Name,
                finding.Measured is double value ? Value(value) : finding.Absence!,
                finding.Statistic.Rule,
                .. isComparable ? [finding.Statistic.Published ?? "-"] : Array.Empty<string>(),
                finding.Holds ? "yes" : "NO",
            ];
        return new ReportTable(
            "What the claims were judged on",
            [ReportColumn.Text("claim"), ReportColumn.Text("statistic"), ReportColumn.Text("measured"), ReportColumn.Text("rule"), .. isComparable ? [ReportColumn.Text("published")] : Array.Empty<ReportColumn>(), ReportColumn.Text("holds")],
            [.. rows]);
    }

    public static string Words(Verdict verdict) => verdict == Verdict.Holds ? "holds" : "DOES NOT HOLD";

    private static string Value(double value) => value == Math.Round(value) && Math.Abs(value) < 1e9 ? NumberFormat.Count((long)value) : NumberFormat.Loss(value);
}

using System.Globalization;
using System.Text;

namespace TestSummary;

/// <summary>A job's summary: the tests, the claims with their verdicts, and what moved since an earlier verification.</summary>
public static class MarkdownSummary
{
    /// <param name="results">The tests; empty when none ran.</param>
    /// <param name="claims">The evidence of this verification.</param>
    /// <param name="before">That of an earlier one; empty when there is none.</param>
    public static string Of(IReadOnlyList<TestResult> results, IReadOnlyList<ClaimVerdict> claims, IReadOnlyList<ClaimVerdict> before)
    {
        var text = new StringBuilder("## Tests\n\n");
        text.Append(results.Count == 0 ? "No test left a result.\n" : $"{TestResults.Sums(results)}\n");
        string[] failed = [.. results.Where(result => result.IsFailed).Select(result => string.Create(CultureInfo.InvariantCulture, $"{result.Name} ({result.Outcome}, {result.Duration.TotalSeconds:F1} s)"))];
        AppendList(text, failed);
        if (claims.Count > 0 || before.Count > 0)
        {
            AppendClaims(text, claims);
            AppendMoves(text, claims, before);
        }

        return text.ToString();
    }

    private static void AppendClaims(StringBuilder text, IReadOnlyList<ClaimVerdict> claims)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## Claims\n\n{claims.Count(claim => claim.Holds)} of {claims.Count} hold.\n\n| claim | verdict | decided by |\n|---|---|---|\n");

        // What does not hold is what a reader came for.
        foreach (ClaimVerdict claim in claims.OrderBy(claim => claim.Holds))
        {
            string how = string.Join("; ", claim.Missed.Prepend(claim.How));
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(claim.Sentence)} (`{claim.Id}`) | {(claim.Holds ? "holds" : "**does not hold**")} | {Cell(how)} |\n");
        }
    }

    private static void AppendMoves(StringBuilder text, IReadOnlyList<ClaimVerdict> claims, IReadOnlyList<ClaimVerdict> before)
    {
        text.Append("\n## What moved since the last time\n\n");
        string[] moves = [.. VerdictMoves.Between(before, claims)];
        text.Append(
            before.Count == 0 ? "There is no earlier evidence to compare with.\n" :
            moves.Length == 0 ? "Nothing: the same verdicts, decided in the same way, by the same rules.\n" : "");
        AppendList(text, before.Count == 0 ? [] : moves);
    }

    private static void AppendList(StringBuilder text, IReadOnlyList<string> items)
    {
        foreach (string item in items)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {item}\n");
        }
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}

using System.Globalization;
using System.Text;

namespace GrokVerify.Golden;

/// <summary>Compares two <see cref="NumericCsv"/> files cell by cell, on both sides of each tolerance, and says what moved.</summary>
internal static class NumericCsvComparer
{
    private const int ShownDifferences = 50;

    /// <summary>The comparer as Verify registers it for an extension.</summary>
    public static StringCompare Compare { get; } = (received, verified, _) =>
        Task.FromResult(Explain(received, verified) is { } message ? CompareResult.NotEqual(message) : CompareResult.Equal);

    /// <returns>Null where the files agree; else every reason why not.</returns>
    public static string? Explain(string received, string verified)
    {
        if (!TryParse(received, "received", out NumericCsv? actual, out string? problem)
            || !TryParse(verified, "verified", out NumericCsv? expected, out problem))
        {
            return problem;
        }

        var reasons = new StringBuilder();
        if (!actual!.Columns.SequenceEqual(expected!.Columns))
        {
            reasons.Append(CultureInfo.InvariantCulture, $"columns differ: expected {string.Join(',', expected.Columns)}, received {string.Join(',', actual.Columns)}");
            return reasons.ToString();
        }

        AppendTolerances(reasons, actual, expected);
        if (actual.Rows.Count != expected.Rows.Count)
        {
            reasons.Append(CultureInfo.InvariantCulture, $"row count differs: expected {expected.Rows.Count}, received {actual.Rows.Count}\n");
        }

        AppendTable(reasons, [.. Differences(actual, expected)]);
        return reasons.Length == 0 ? null : reasons.ToString().TrimEnd('\n');
    }

    private static bool TryParse(string text, string which, out NumericCsv? csv, out string? problem)
    {
        try
        {
            csv = NumericCsv.Parse(text);
            problem = null;
            return true;
        }
        catch (FormatException exception)
        {
            csv = null;
            problem = $"the {which} file is no CSV with tolerances: {exception.Message}";
            return false;
        }
    }

    private static void AppendTolerances(StringBuilder reasons, NumericCsv actual, NumericCsv expected)
    {
        for (int i = 0; i < expected.Columns.Count; i++)
        {
            if (actual.Tolerances[i] != expected.Tolerances[i])
            {
                reasons.Append(
                    CultureInfo.InvariantCulture,
                    $"tolerance of {expected.Columns[i]} differs: verified {expected.Tolerances[i]}, received {actual.Tolerances[i]}\n");
            }
        }
    }

    private static IEnumerable<CellDifference> Differences(NumericCsv actual, NumericCsv expected)
    {
        foreach ((int row, (string[] received, string[] verified)) in actual.Rows.Zip(expected.Rows).Index())
        {
            for (int i = 0; i < verified.Length; i++)
            {
                if (!Agree(received[i], verified[i], expected.Tolerances[i]))
                {
                    yield return new CellDifference(row + 1, expected.Columns[i], verified[i], received[i], expected.Tolerances[i]);
                }
            }
        }
    }

    private static bool Agree(string received, string verified, ColumnTolerance tolerance)
    {
        if (tolerance.IsExact || received == verified)
        {
            return received == verified;
        }

        // A NaN fails every comparison, and an infinity that differs has an infinite or undefined difference and allowance.
        double expected = NumericCsv.Number(verified);
        double actual = NumericCsv.Number(received);
        return double.IsFinite(expected) && Math.Abs(actual - expected) <= tolerance.Allowed(expected);
    }

    private static void AppendTable(StringBuilder reasons, List<CellDifference> differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        List<string[]> lines = [[.. CellDifference.Headings], .. differences.Take(ShownDifferences).Select(difference => difference.Render())];
        int[] widths = [.. CellDifference.Headings.Select((_, i) => lines.Max(line => line[i].Length))];
        reasons.Append(CultureInfo.InvariantCulture, $"{differences.Count} cells outside their tolerance:\n");
        foreach (string[] line in lines)
        {
            reasons.Append(string.Join("  ", line.Select((cell, i) => cell.PadLeft(widths[i])))).Append('\n');
        }

        if (differences.Count > ShownDifferences)
        {
            reasons.Append(CultureInfo.InvariantCulture, $"... and {differences.Count - ShownDifferences} more\n");
        }
    }
}

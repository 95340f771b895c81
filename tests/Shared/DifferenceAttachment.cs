using System.Globalization;

namespace GrokVerify.Golden;

/// <summary>Where a golden CSV moved, puts expected and received beside each other in one file and attaches it to the test's result.</summary>
internal static class DifferenceAttachment
{
    public static async Task Attach(string receivedPath, string verifiedPath)
    {
        if (Render(await File.ReadAllTextAsync(receivedPath), await File.ReadAllTextAsync(verifiedPath)) is not { } csv)
        {
            return;
        }

        string fixture = Path.GetFileName(Path.GetDirectoryName(verifiedPath))!;
        string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "golden-differences", fixture);
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Path.GetFileName(verifiedPath).Replace(".verified.", ".difference.", StringComparison.Ordinal));
        await File.WriteAllTextAsync(path, csv);
        TestContext.AddTestAttachment(path, "expected, received and their difference, row by row");
    }

    /// <returns>A CSV of all cells that have a tolerance; null where the files cannot be laid beside each other.</returns>
    public static string? Render(string received, string verified)
    {
        try
        {
            NumericCsv actual = NumericCsv.Parse(received);
            NumericCsv expected = NumericCsv.Parse(verified);
            if (!actual.Columns.SequenceEqual(expected.Columns))
            {
                return null;
            }

            List<string> lines = ["row,column,expected,received,difference"];
            foreach ((int row, (string[] mine, string[] theirs)) in actual.Rows.Zip(expected.Rows).Index())
            {
                lines.AddRange(
                    from i in Enumerable.Range(0, mine.Length)
                    where !expected.Tolerances[i].IsExact && !actual.Tolerances[i].IsExact
                    let difference = NumericCsv.Number(mine[i]) - NumericCsv.Number(theirs[i])
                    select string.Create(CultureInfo.InvariantCulture, $"{row + 1},{expected.Columns[i]},{theirs[i]},{mine[i]},{difference:R}"));
            }

            return string.Join('\n', lines);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

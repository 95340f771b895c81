namespace GrokVerify.Golden;

/// <summary>A row of the table of golden/README.md: | `Fixture/Test.verified.ext` | test project | widest tolerance | how it was made |.</summary>
/// <param name="File">Path below golden/.</param>
/// <param name="Project">The test project whose test compares with it.</param>
/// <param name="WidestTolerance">No column may have a wider one.</param>
/// <param name="Making">How the file was made; not empty.</param>
internal sealed record GoldenProvenance(string File, string Project, ColumnTolerance WidestTolerance, string Making)
{
    /// <exception cref="FormatException">A row that names a golden file is not complete.</exception>
    public static IReadOnlyList<GoldenProvenance> Parse(string readme) =>
    [
        .. readme.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(ParseRow),
    ];

    private static GoldenProvenance ParseRow(string line)
    {
        string[] cells = [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
        if (cells.Length != 4 || cells.Any(cell => cell.Length == 0) || !ColumnTolerance.TryParse(cells[2], out ColumnTolerance? widest))
        {
            throw new FormatException($"golden/README.md: '{line}' is not | `Fixture/Test.verified.ext` | project | exact or rel 1e-5 + abs 1e-7 | how it was made |");
        }

        return new GoldenProvenance(cells[0].Trim('`'), cells[1], widest, cells[3]);
    }
}

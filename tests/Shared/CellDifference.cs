using System.Globalization;

namespace GrokVerify.Golden;

/// <summary>A received cell that lies outside its tolerance.</summary>
/// <param name="Row">Data row, counted from 1.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Expected">The verified cell.</param>
/// <param name="Received">The received cell.</param>
/// <param name="Tolerance">The column's.</param>
internal sealed record CellDifference(int Row, string Column, string Expected, string Received, ColumnTolerance Tolerance)
{
    public static IReadOnlyList<string> Headings { get; } =
        ["row", "column", "expected", "received", "absolute difference", "relative difference", "allowed"];

    /// <summary>The cells of a row of the table of differences, in the order of <see cref="Headings"/>.</summary>
    public string[] Render()
    {
        string row = Row.ToString(CultureInfo.InvariantCulture);
        if (Tolerance.IsExact)
        {
            return [row, Column, Expected, Received, "-", "-", "exact"];
        }

        double expected = NumericCsv.Number(Expected);
        double difference = Math.Abs(NumericCsv.Number(Received) - expected);
        return [row, Column, Expected, Received, Short(difference), Short(difference / Math.Abs(expected)), Short(Tolerance.Allowed(expected))];
    }

    private static string Short(double number) => number.ToString("0.###e+00", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using CsvHelper;
using GrokVerify.Formats;

namespace GrokVerify.Cli.Reports;

/// <summary>Writes a CSV file of a report: numbers in invariant culture, with all their digits; nothing where there is no value.</summary>
internal static class CsvFile
{
    /// <param name="path">The file to make or replace.</param>
    /// <param name="header">The columns' names.</param>
    /// <param name="rows">As many cells each.</param>
    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(string path, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (CsvWriter csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord([.. header]);
            foreach (IReadOnlyList<object?> row in rows)
            {
                csv.WriteRecord([.. row.Select(Cell)]);
            }
        }

        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

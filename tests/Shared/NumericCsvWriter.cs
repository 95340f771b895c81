using System.Globalization;
using CsvHelper;

namespace GrokVerify.Golden;

/// <summary>
/// Renders a table as <see cref="NumericCsv"/>: invariant culture, numbers with all digits that tell them apart, "\n", no final newline.
/// </summary>
internal sealed class NumericCsvWriter
{
    private readonly (string Column, ColumnTolerance Tolerance)[] _columns;
    private readonly List<string[]> _rows = [];

    public NumericCsvWriter(params (string Column, ColumnTolerance Tolerance)[] columns)
    {
        foreach ((string column, _) in columns)
        {
            if (column.Length == 0 || column.AsSpan().ContainsAny(",=\"\n\r"))
            {
                throw new ArgumentException($"'{column}' cannot name a column: leave out comma, equals sign, quote and newline");
            }
        }

        _columns = columns;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column: text, integers, float or double.</param>
    public void AddRow(params object[] cells)
    {
        if (cells.Length != _columns.Length)
        {
            throw new ArgumentException($"row {_rows.Count + 1} has {cells.Length} cells, but there are {_columns.Length} columns");
        }

        _rows.Add([.. cells.Select(Render)]);
    }

    /// <exception cref="FormatException">A cell does not fit its column: no number, or a NaN that is not declared.</exception>
    public override string ToString()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write(NumericCsv.Declaration);
        text.Write(string.Join(", ", _columns.Select(column => $"{column.Column}={column.Tolerance}")));
        text.Write('\n');
        using (CsvWriter csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord([.. _columns.Select(column => column.Column)]);
            foreach (string[] row in _rows)
            {
                csv.WriteRecord(row);
            }
        }

        string rendered = text.ToString().TrimEnd('\n');
        _ = NumericCsv.Parse(rendered);
        return rendered;
    }

    private static string Render(object cell) => cell switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => text,
        int or long or bool => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
        _ => throw new ArgumentException($"a cell of type {cell.GetType().Name} has no written form here: give text, int, long, bool, float or double"),
    };
}

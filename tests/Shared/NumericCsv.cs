using System.Globalization;
using CsvHelper;

namespace GrokVerify.Golden;

/// <summary>
/// A CSV file whose first line declares a tolerance for every column, for example
/// <c># tolerances: epoch=exact, norm=rel 1e-5 + abs 1e-7</c>; then the column names, then the rows.
/// </summary>
internal sealed class NumericCsv
{
    public const string Declaration = "# tolerances: ";

    private static readonly CsvReaderOptions ReaderOptions = new()
    {
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    private NumericCsv(IReadOnlyList<string> columns, IReadOnlyList<ColumnTolerance> tolerances, IReadOnlyList<string[]> rows)
    {
        Columns = columns;
        Tolerances = tolerances;
        Rows = rows;
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>One for each column, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<ColumnTolerance> Tolerances { get; }

    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Reads the number in a column that is not exact.</summary>
    public static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">Says which line or column is wrong, and what belongs there.</exception>
    public static NumericCsv Parse(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string first = end < 0 ? text : text[..end];
        if (!first.StartsWith(Declaration, StringComparison.Ordinal))
        {
            throw new FormatException($"line 1 is '{Shorten(first)}': it has to declare every column, as in '{Declaration}epoch=exact, norm=rel 1e-5'");
        }

        Dictionary<string, ColumnTolerance> declared = ParseDeclaration(first[Declaration.Length..]);
        using CsvReader reader = CsvReader.FromText(end < 0 ? "" : text[(end + 1)..], ReaderOptions);
        string[] columns = reader.Read() ? reader.Current.ToArray() : throw new FormatException("line 2 is missing: it has to name the columns");
        ThrowUnlessDeclared(columns, declared);
        ColumnTolerance[] tolerances = [.. columns.Select(column => declared[column])];

        var rows = new List<string[]>();
        while (reader.Read())
        {
            string[] row = reader.Current.ToArray();
            ThrowUnlessNumbers(row, rows.Count + 1, columns, tolerances);
            rows.Add(row);
        }

        return new NumericCsv(columns, tolerances, rows);
    }

    private static Dictionary<string, ColumnTolerance> ParseDeclaration(string declaration)
    {
        var declared = new Dictionary<string, ColumnTolerance>();
        foreach (string part in declaration.Split(", "))
        {
            int sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || !ColumnTolerance.TryParse(part[(sign + 1)..], out ColumnTolerance? tolerance))
            {
                throw new FormatException($"line 1 declares '{part}': write column=exact, column=rel 1e-5, column=abs 1e-7 or column=rel 1e-5 + abs 1e-7");
            }

            if (!declared.TryAdd(part[..sign], tolerance))
            {
                throw new FormatException($"line 1 declares column {part[..sign]} twice");
            }
        }

        return declared;
    }

    private static void ThrowUnlessDeclared(string[] columns, Dictionary<string, ColumnTolerance> declared)
    {
        if (columns.Length != columns.Distinct().Count())
        {
            throw new FormatException($"line 2 names a column twice: {string.Join(',', columns)}");
        }

        string[] undeclared = [.. columns.Where(column => !declared.ContainsKey(column))];
        string[] absent = [.. declared.Keys.Except(columns)];
        if (undeclared.Length + absent.Length > 0)
        {
            throw new FormatException(
                $"lines 1 and 2 differ: without a tolerance [{string.Join(", ", undeclared)}], declared but absent [{string.Join(", ", absent)}]");
        }
    }

    private static void ThrowUnlessNumbers(string[] row, int number, string[] columns, ColumnTolerance[] tolerances)
    {
        if (row.Length != columns.Length)
        {
            throw new FormatException($"row {number} has {row.Length} cells, but there are {columns.Length} columns");
        }

        for (int i = 0; i < row.Length; i++)
        {
            if (tolerances[i].IsExact)
            {
                continue;
            }

            if (!double.TryParse(row[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                throw new FormatException($"row {number}, column {columns[i]}: '{Shorten(row[i])}' is not a number, but the column has a tolerance");
            }

            if (double.IsNaN(value) && !tolerances[i].AllowsNaN)
            {
                throw new FormatException($"row {number}, column {columns[i]}: NaN is not declared; where it is a value, declare '{tolerances[i]} or nan'");
            }
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}

namespace GrokVerify.Cli.Reports;

/// <summary>A table of a report, to be shown on the console or written as Markdown.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Columns">Heads of the columns; the first column is text, the others are aligned right unless they are texts too.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
/// <param name="Note">What has to be known to read it; null for nothing.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note = null);

/// <summary>A column of a table.</summary>
/// <param name="Name">Its head.</param>
/// <param name="IsNumber">Numbers are aligned right.</param>
internal sealed record ReportColumn(string Name, bool IsNumber = false)
{
    public static ReportColumn Text(string name) => new(name);

    public static ReportColumn Number(string name) => new(name, IsNumber: true);
}

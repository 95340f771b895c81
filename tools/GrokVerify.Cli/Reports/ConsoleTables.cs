using Spectre.Console;

namespace GrokVerify.Cli.Reports;

/// <summary>Shows tables on the console.</summary>
internal static class ConsoleTables
{
    public static void Show(IAnsiConsole console, ReportTable table)
    {
        var shown = new Table { Border = TableBorder.Simple };
        foreach (ReportColumn column in table.Columns)
        {
            var head = new TableColumn(Markup.Escape(column.Name));
            shown.AddColumn(column.IsNumber ? head.RightAligned() : head);
        }

        foreach (IReadOnlyList<string> row in table.Rows)
        {
            shown.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        console.WriteLine();
        console.Write(new Text(table.Title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(shown);
        if (table.Note is not null)
        {
            console.WriteLine(table.Note);
        }
    }
}

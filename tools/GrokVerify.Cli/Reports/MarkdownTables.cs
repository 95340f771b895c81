using System.Text;

namespace GrokVerify.Cli.Reports;

/// <summary>Writes tables as Markdown.</summary>
internal static class MarkdownTables
{
    public static void Append(StringBuilder text, ReportTable table)
    {
        text.Append("## ").Append(table.Title).Append("\n\n");
        AppendRow(text, table.Columns.Select(column => column.Name));
        AppendRow(text, table.Columns.Select(column => column.IsNumber ? "---:" : "---"));
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            AppendRow(text, row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)));
        }

        text.Append('\n');
        if (table.Note is not null)
        {
            text.Append(table.Note).Append("\n\n");
        }
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}

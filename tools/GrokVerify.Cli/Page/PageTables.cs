using System.Xml.Linq;
using GrokVerify.Cli.Reports;

namespace GrokVerify.Cli.Page;

/// <summary>Tables of the page.</summary>
internal static class PageTables
{
    /// <summary>The same table that the console shows.</summary>
    public static XElement Of(ReportTable table) => new(
        "div",
        new XAttribute("class", "table"),
        new XElement(
            "table",
            new XElement("caption", table.Title),
            new XElement("thead", new XElement("tr", table.Columns.Select(column => new XElement("th", new XAttribute("scope", "col"), Class(column), column.Name)))),
            new XElement("tbody", table.Rows.Select(row => new XElement("tr", row.Zip(table.Columns, (cell, column) => new XElement("td", Class(column), cell)))))),
        table.Note is null ? null : new XElement("p", new XAttribute("class", "note"), table.Note));

    /// <summary>Facts, a name and a value each; those without a value are left out.</summary>
    public static XElement Facts(IEnumerable<(string Name, string? Value)> facts) =>
        new("dl", facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => new XElement("div", new XElement("dt", fact.Name), new XElement("dd", fact.Value))));

    private static XAttribute? Class(ReportColumn column) => column.IsNumber ? new XAttribute("class", "number") : null;
}

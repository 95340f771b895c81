using System.Xml.Linq;

namespace GrokVerify.Cli.Page;

/// <summary>The table of claims with its filter.</summary>
internal static class ClaimSection
{
    private static readonly string[] Heads = ["claim", "measured, rule, published", "here", "where cleanup ends", "at 40,000 epochs", "last test run"];

    public static PageSection Of(IReadOnlyList<ClaimRow> rows) => new(
        "claims",
        "Claims",
        "A claim holds when every one of its statistics meets its rule. Open one for its evidence: all statistics, the sabotaged networks that refute it, and the command that does it again. "
            + "The seeds are others of the paper's setting, accepted in the repository; the last test run is the evidence in artifacts/claims.")
    {
        Content =
        [
            new XElement(
                "div",
                new XAttribute("class", "controls"),
                new XElement("label", "Filter ", new XElement("input", new XAttribute("type", "search"), new XAttribute("id", "filter"), new XAttribute("autocomplete", "off"), new XAttribute("placeholder", "word"))),
                new XElement("label", "Verdict ", new XElement("select", new XAttribute("id", "verdict"), new XElement("option", new XAttribute("value", ""), "all"), rows.Select(row => row.Verdict).Distinct().Order(StringComparer.Ordinal).Select(verdict => new XElement("option", verdict)))),
                new XElement("output", new XAttribute("id", "shown"), new XAttribute("for", "filter verdict"), $"{rows.Count} of {rows.Count} claims")),
            new XElement(
                "table",
                new XAttribute("id", "claim-table"),
                new XElement("thead", new XElement("tr", Heads.Select(head => new XElement("th", new XAttribute("scope", "col"), head)))),
                rows.Select(row => row.ToElement())),
        ],
    };
}

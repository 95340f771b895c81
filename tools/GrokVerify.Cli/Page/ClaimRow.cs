using System.Globalization;
using System.Xml.Linq;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>A claim in the table: what decides it, what came here, on the accepted seeds and in the last test run; and, when it is opened, its evidence.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Here">What it came to on the network of the page; null where it was not judged on it.</param>
/// <param name="NotJudged">Why it was not; null where it was.</param>
/// <param name="IsComparable">Whether the published values, and those of the accepted seeds, are of this setting.</param>
/// <param name="Seed">The seed of the network of the page, where it is one of the paper's setting.</param>
/// <param name="Evidence">What the last test run left of it; null for nothing.</param>
/// <param name="Replay">The command that makes the network of the page again; null where there is none.</param>
internal sealed record ClaimRow(Claim Claim, ClaimResult? Here, string? NotJudged, bool IsComparable, long? Seed, ClaimEvidence? Evidence, string? Replay)
{
    private const string Absent = "–";

    /// <summary>Words that the filter goes by: "holds", "does not hold" or "not judged".</summary>
    public string Verdict => Here is not null ? Words(Here.Verdict == Judging.Verdict.Holds) : Evidence is not null ? Words(Evidence.Holds) : "not judged";

    public XElement ToElement() => new(
        "tbody",
        new XAttribute("id", $"claim-{Claim.Id}"),
        new XAttribute("data-verdict", Verdict),
        new XElement(
            "tr",
            new XElement(
                "th",
                new XAttribute("scope", "row"),
                new XElement("button", new XAttribute("type", "button"), new XAttribute("class", "opener"), new XAttribute("aria-expanded", "false"), new XAttribute("aria-controls", $"evidence-{Claim.Id}"), Claim.Sentence)),
            Cell("measured", [.. Deciding()]),
            Cell("here", Badge(Here is not null ? Verdict : NotJudged is null ? Verdict : "not judged")),
            Cell("where cleanup ends", Share(AcceptedSeeds.WhereCleanupEnds)),
            Cell("at 40,000 epochs", Share(AcceptedSeeds.AtPaperLength)),
            Cell("last test run", Evidence is null ? Absent : Badge(Words(Evidence.Holds)))),
        new XElement("tr", new XAttribute("id", $"evidence-{Claim.Id}"), new XAttribute("class", "evidence"), new XAttribute("hidden", ""), new XElement("td", new XAttribute("colspan", "6"), Opened())));

    private static string Words(bool holds) => holds ? "holds" : "does not hold";

    private static XElement Badge(string verdict) => new("span", new XAttribute("class", $"badge {verdict.Replace(' ', '-')}"), verdict);

    private static XElement Cell(string label, params object[] content) => new("td", new XAttribute("data-label", label), content);

    /// <summary>The first statistic that misses its rule; the first of all where none does.</summary>
    private IEnumerable<object> Deciding()
    {
        IReadOnlyList<Finding> findings = Here?.Findings ?? Evidence?.Findings ?? [];
        if ((findings.FirstOrDefault(finding => !finding.Holds) ?? (findings.Count > 0 ? findings[0] : null)) is not { } finding)
        {
            yield return NotJudged ?? Evidence?.Decision ?? "judged by the claim tests, which left no evidence here";
            yield break;
        }

        yield return new XElement("strong", Shown(finding));
        yield return $" {finding.Statistic.Name}; rule: {finding.Statistic.Rule}{(IsComparable && finding.Statistic.Published is string published ? $"; published: {published}" : "")}";
    }

    private IEnumerable<object> Opened()
    {
        yield return PageTables.Facts([("Claim", Claim.Id), ("Source", Claim.Source), ("Differs from the paper", Claim.Deviation), ("Not judged here", NotJudged), ("Last test run", EvidenceInWords())]);
        if (Here is not null || Claim is RunClaim || Evidence?.Findings.Count > 0)
        {
            yield return Statistics();
        }

        string[] controls = [.. AcceptedControls.Of(Claim)];
        if (controls.Length > 0)
        {
            yield return new XElement("h4", "Controls: does sabotage refute it?");
            yield return new XElement("ul", controls.Select(control => new XElement("li", control)));
        }

        yield return new XElement("h4", "Do it again");
        foreach ((string what, string command) in Commands())
        {
            yield return new XElement("p", $"{what}: ", new XElement("code", command));
        }
    }

    private IEnumerable<(string What, string Command)> Commands()
    {
        if (Replay is not null && Here is not null)
        {
            yield return ("this network", Replay);
        }

        foreach ((string seed, string replay) in Evidence?.Seeds ?? [])
        {
            yield return (seed, replay);
        }

        yield return ("the test", $"dotnet test tests/GrokVerify.ClaimTests --filter FullyQualifiedName~{Claim.GetType().Name}Tests");
    }

    private string? EvidenceInWords() => Evidence is null ? null : Evidence.IsOfThisRule ? Evidence.Decision : $"{Evidence.Decision}; by rules that have changed since: verify the claims again";

    private XElement Statistics()
    {
        Dictionary<Statistic, Finding> measured = (Here?.Findings ?? Evidence?.Findings ?? []).ToDictionary(finding => finding.Statistic);
        return new XElement(
            "div",
            new XAttribute("class", "table"),
            new XElement(
                "table",
                new XElement("thead", new XElement("tr", new[] { "statistic", "measured", "rule", "published", "40 seeds: median (least to largest)", "" }.Select(head => new XElement("th", new XAttribute("scope", "col"), head)))),
                new XElement("tbody", Claim.Statistics.Select((statistic, i) => new XElement(
                    "tr",
                    new XElement("td", statistic.Name),
                    new XElement("td", measured.TryGetValue(statistic, out Finding? finding) ? Measured(finding) : Absent),
                    new XElement("td", statistic.Rule),
                    new XElement("td", IsComparable || Here is null ? statistic.Published ?? Absent : Absent),
                    new XElement("td", Spread(statistic)),
                    new XElement("td", AcceptedSeeds.WhereCleanupEnds.Values(Claim, statistic) is null
                        ? ""
                        : new XElement("button", new XAttribute("type", "button"), new XAttribute("data-chart", SeedCharts.IdOf(Claim, i)), "seeds")))))));
    }

    private static object[] Measured(Finding finding) => finding.Holds ? [Shown(finding)] : [Shown(finding), " ", new XElement("span", new XAttribute("class", "badge does-not-hold"), "misses")];

    private string Spread(Statistic statistic)
    {
        double[] sorted = [.. (AcceptedSeeds.WhereCleanupEnds.Values(Claim, statistic) ?? []).Where(value => !double.IsNaN(value)).Order()];
        return sorted.Length == 0 ? Absent : $"{Number(sorted[sorted.Length / 2])} ({Number(sorted[0])} to {Number(sorted[^1])})";
    }

    /// <summary>How many of the accepted seeds show it, and whether this one does.</summary>
    private object[] Share(AcceptedSeeds seeds)
    {
        if (seeds.Shows(Claim) is not { } shows)
        {
            return [Absent];
        }

        int own = Seed is long seed ? seeds.Seeds.ToList().IndexOf(seed) : -1;
        string others = $"{shows.Count(shown => shown)} of {shows.Count} seeds";
        return own < 0 ? [others] : [others, new XElement("br"), new XElement("small", $"seed {Seed}: {Words(shows[own])}")];
    }

    private static string Shown(Finding finding) => finding.Measured is double value ? Number(value) : finding.Absence ?? Absent;

    internal static string Number(double value) => value == Math.Round(value) && Math.Abs(value) < 1e9 ? ((long)value).ToString("N0", CultureInfo.InvariantCulture) : NumberFormat.Loss(value);
}

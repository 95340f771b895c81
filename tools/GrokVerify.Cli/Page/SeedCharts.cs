using System.Globalization;
using System.Text.RegularExpressions;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>Every statistic of every claim about one run as a distribution over seeds, with the rule's bounds, the published value and the network of the page.</summary>
internal static partial class SeedCharts
{
    public static string IdOf(Claim claim, int statistic) => string.Create(CultureInfo.InvariantCulture, $"seeds-{claim.Id}-{statistic + 1}");

    public static IEnumerable<Chart> Of(IEnumerable<ClaimRow> rows) =>
        from row in rows
        where AcceptedSeeds.WhereCleanupEnds.Shows(row.Claim) is not null
        from entry in row.Claim.Statistics.Index()
        select Of(row, entry.Index, entry.Item);

    private static Chart Of(ClaimRow row, int index, Statistic statistic)
    {
        AcceptedSeeds seeds = AcceptedSeeds.WhereCleanupEnds;
        IReadOnlyList<double> values = seeds.Values(row.Claim, statistic)!;
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        double top = seeds.Seeds[^1] + 1;
        double? here = row.Here?.Findings.FirstOrDefault(finding => finding.Statistic == statistic)?.Measured;
        double? published = PublishedNumber(statistic.Published);
        return new Chart(
            IdOf(row.Claim, index),
            $"{row.Claim.Id}: {statistic.Name}",
            $"{sorted.Length} seeds measure from {Word(sorted.FirstOrDefault())} to {Word(sorted.LastOrDefault())}, half of them up to {Word(sorted.ElementAtOrDefault(sorted.Length / 2))}. Rule: {statistic.Rule}. Published: {statistic.Published ?? "nothing"}.",
            new Axis(statistic.Name, IsLogarithmic: sorted.Length > 0 && sorted[0] > 0 && sorted[^1] > 100 * sorted[0], CanSwitch: true),
            new Axis("seed"),
            [
                .. OverSeeds("seeds that helped to fix rules", Colour.Grey, seeds, values, CalibratedSeeds.FixedRules),
                .. OverSeeds("seeds that only measure", Colour.Blue, seeds, values, seed => !CalibratedSeeds.FixedRules(seed)),
                .. AcceptedSeeds.AtPaperLength.Values(row.Claim, statistic) is { } late ? OverSeeds("at 40,000 epochs", Colour.Sky, AcceptedSeeds.AtPaperLength, late, _ => true) : [],
                .. Upright("rule", Colour.Purple, [statistic.AtLeast, statistic.AtMost], top),
                .. Upright("published", Colour.Green, row.IsComparable || row.Here is null ? [published] : [], top),
                .. Upright("here", Colour.Vermilion, [here], top),
            ]);
    }

    /// <summary>The number that a published value begins with, where it is nothing but that number and its source: neither a range nor a bound.</summary>
    internal static double? PublishedNumber(string? published) => published is not null && Leading().Match(published) is { Success: true } match
        ? double.Parse(match.Groups[1].Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(@"^(-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)(?: \(|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();

    private static IEnumerable<Trace> OverSeeds(string name, Colour colour, AcceptedSeeds seeds, IReadOnlyList<double> values, Func<long, bool> isShown)
    {
        (double, double?, string)[] points = [.. seeds.Seeds.Zip(values, (seed, value) => (value, (double?)seed, $"seed {seed}")).Where(point => double.IsFinite(point.value) && isShown((long)point.Item2!.Value))];
        return points.Length == 0 ? [] : [Trace.Of(name, TraceKind.Points, colour, points.Select(point => (point.Item1, point.Item2))) with { Labels = [.. points.Select(point => point.Item3)] }];
    }

    private static IEnumerable<Trace> Upright(string name, Colour colour, IEnumerable<double?> values, double top)
    {
        (double, double?)[] points = [.. values.OfType<double>().Where(double.IsFinite).SelectMany(value => new (double, double?)[] { (value, -1), (value, top), (value, null) })];
        return points.Length == 0 ? [] : [Trace.Line(name, colour, points)];
    }

    private static string Word(double value) => ClaimRow.Number(value);
}

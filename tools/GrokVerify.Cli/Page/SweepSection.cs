using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Cli.Page;

/// <summary>Sweeps with their fits: those of the last test run where it left their curves, else the accepted ones of the repository.</summary>
internal static class SweepSection
{
    /// <param name="claims">The folder of the claims' evidence; null for none.</param>
    /// <exception cref="UsageException">A file is malformed.</exception>
    public static PageSection Of(string? claims)
    {
        IReadOnlyList<SweepPoint> measured = claims is null ? [] : [.. Measured(claims).Distinct()];
        return new PageSection(
            "sweeps",
            "Sweeps",
            measured.Count > 0
                ? "How long it takes to generalize, against one setting after the other, in the last test run of the claims; with power laws by least squares."
                : "How long it takes to generalize, against one setting after the other: the small sweeps accepted in the repository, whose bits are the same on every machine; with power laws by least squares.")
        {
            Charts = [.. SweepCharts.Of(measured.Count > 0 ? measured : SweepPoint.Accepted())],
        };
    }

    private static IEnumerable<SweepPoint> Measured(string claims) =>
        from claim in ClaimCatalog.OfSweeps
        let folder = Path.Combine(claims, claim.Id)
        where File.Exists(Path.Combine(folder, "curves.csv")) && File.Exists(Path.Combine(folder, "claim.json"))
        from point in Read(claim, folder)
        select point;

    private static SweepPoint[] Read(SweepClaim claim, string folder)
    {
        try
        {
            return [.. Measured(claim, folder)];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{folder}: its curves cannot be read ({problem.Message.TrimEnd('.')}); delete it, and verify the claims again", problem);
        }
    }

    /// <summary>The plan, at whatever scale, whose runs are those of the evidence.</summary>
    private static IEnumerable<SweepPoint> Measured(SweepClaim claim, string folder)
    {
        long seed = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "claim.json")))?["seeds"]?[0]?.GetValue<long>() ?? 0;
        ILookup<string, MetricsRow> curves = Curves(Path.Combine(folder, "curves.csv"));
        IReadOnlyList<PlannedRun>? plan = Enum.GetValues<SweepScale>()
            .Select(scale => ClaimCatalog.SweepsAt(scale, seed).Single(other => other.Id == claim.Id).Plan)
            .FirstOrDefault(plan => plan.Count == curves.Count && plan.All(run => curves.Contains(run.Name)));
        return (plan ?? []).Select(run => SweepPoint.Of(new TrainedCurve(run, [.. curves[run.Name]])));
    }

    private static ILookup<string, MetricsRow> Curves(string file)
    {
        using CsvReader reader = CsvReader.FromText(File.ReadAllText(file), new CsvReaderOptions { HasHeader = false });
        _ = reader.Read();
        var rows = new List<(string Run, MetricsRow Row)>();
        while (reader.Read())
        {
            string[] cells = reader.Current.ToArray();
            double Number(int column) => double.Parse(cells[column], CultureInfo.InvariantCulture);
            rows.Add((cells[0], new MetricsRow(long.Parse(cells[1], CultureInfo.InvariantCulture), Number(2), Number(3), Number(4), Number(5), Number(6))));
        }

        return rows.ToLookup(row => row.Run, row => row.Row);
    }
}

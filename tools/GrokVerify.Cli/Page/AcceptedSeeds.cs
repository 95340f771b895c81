using System.Globalization;
using CsvHelper;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>What every claim about one run measured on other seeds of the paper's setting: the accepted tables of the repository's golden folder, which travel in the program.</summary>
internal sealed class AcceptedSeeds
{
    private readonly Dictionary<(string Claim, string Statistic), double[]> _values = [];

    private AcceptedSeeds(string resource, string? epoch)
    {
        using CsvReader reader = Table(resource);
        _ = reader.Read();
        string[] columns = reader.Current.ToArray();
        int first = Array.FindIndex(columns, column => column.StartsWith("seed ", StringComparison.Ordinal));
        Seeds = [.. columns.Skip(first).Select(column => long.Parse(column["seed ".Length..], CultureInfo.InvariantCulture))];
        while (reader.Read())
        {
            string[] row = reader.Current.ToArray();
            if (epoch is null || row[0] == epoch)
            {
                _values[(row[first - 2], row[first - 1])] = [.. row.Skip(first).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            }
        }
    }

    /// <summary>Forty seeds, each where its cleanup ends.</summary>
    public static AcceptedSeeds WhereCleanupEnds { get; } = new("Calibration.csv", epoch: null);

    /// <summary>Nine seeds at the paper's 40,000 epochs.</summary>
    public static AcceptedSeeds AtPaperLength { get; } = new("PaperLength.csv", epoch: "40000");

    public IReadOnlyList<long> Seeds { get; }

    /// <summary>A statistic on each seed, NaN where it does not exist; null where it is not in the table.</summary>
    public IReadOnlyList<double>? Values(Claim claim, Statistic statistic) => _values.GetValueOrDefault((claim.Id, statistic.Name));

    /// <summary>Whether each seed shows a claim by today's rules; null where the table does not have all of its statistics.</summary>
    public IReadOnlyList<bool>? Shows(Claim claim) => claim.Statistics.Any(statistic => Values(claim, statistic) is null)
        ? null
        : [.. Enumerable.Range(0, Seeds.Count).Select(seed => claim.Statistics.All(statistic => statistic.Admits(Values(claim, statistic)![seed])))];

    /// <summary>An accepted table, behind its line of tolerances.</summary>
    internal static CsvReader Table(string resource)
    {
        using var text = new StreamReader(PageFiles.Open(resource));
        _ = text.ReadLine();
        return CsvReader.FromText(text.ReadToEnd(), new CsvReaderOptions { HasHeader = false });
    }
}

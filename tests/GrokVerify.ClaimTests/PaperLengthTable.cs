using System.Globalization;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>What the mainline measures long after cleanup, by seed, as golden/PaperLengthGolden keeps it.</summary>
internal sealed class PaperLengthTable
{
    private static readonly Lazy<PaperLengthTable> Golden = new(() => new PaperLengthTable(Read(nameof(PaperLengthGolden.Measures)), Read(nameof(PaperLengthGolden.Weights))));

    private readonly Dictionary<(long Epoch, string Claim, string Statistic), double[]> _values;
    private readonly Dictionary<(long Seed, long Epoch), string> _weights;

    private PaperLengthTable(NumericCsv measures, NumericCsv weights)
    {
        Seeds = [.. measures.Columns.Skip(3).Select(column => Integer(column["seed ".Length..]))];
        _values = measures.Rows.ToDictionary(row => (Integer(row[0]), row[1], row[2]), row => row.Skip(3).Select(NumericCsv.Number).ToArray());
        _weights = weights.Rows.ToDictionary(row => (Integer(row[0]), Integer(row[1])), row => row[2]);
    }

    public static PaperLengthTable OfThisRepository => Golden.Value;

    public IReadOnlyList<long> Seeds { get; }

    /// <summary>A statistic on every seed; NaN where it does not exist.</summary>
    public IReadOnlyList<double> Values(long epoch, string claim, string statistic) => _values[(epoch, claim, statistic)];

    /// <summary>How many seeds show a claim at an epoch.</summary>
    public int Showing(NetworkClaim claim, long epoch) =>
        Enumerable.Range(0, Seeds.Count).Count(seed => claim.Statistics.All(statistic => statistic.Admits(Values(epoch, claim.Id, statistic.Name)[seed])));

    /// <summary>SHA-256 of the weights.</summary>
    public string Weights(long seed, long epoch) => _weights[(seed, epoch)];

    private static NumericCsv Read(string test) => NumericCsv.Parse(File.ReadAllText(
        Path.Combine(GoldenFolder.OfThisRepository.Path, nameof(PaperLengthGolden), $"{test}.verified.csv")));

    private static long Integer(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

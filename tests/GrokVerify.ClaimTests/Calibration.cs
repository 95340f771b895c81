using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>
/// What every claim measured on many seeds of the mainline, as golden/CalibrationGolden keeps it: the reference distribution from which the error rates of the rules come.
/// The rules are applied to the numbers when they are read, so a changed rule has changed rates.
/// </summary>
internal sealed class Calibration
{
    private static readonly Lazy<Calibration> Golden = new(() => new Calibration(NumericCsv.Parse(File.ReadAllText(
        Path.Combine(GoldenFolder.OfThisRepository.Path, nameof(CalibrationGolden), $"{nameof(CalibrationGolden.Of_the_mainline)}.verified.csv")))));

    private readonly Dictionary<(string Claim, string Statistic), double[]> _values;

    private Calibration(NumericCsv csv)
    {
        Seeds = [.. csv.Columns.Skip(2).Select(column => long.Parse(column["seed ".Length..], CultureInfo.InvariantCulture))];
        _values = csv.Rows.ToDictionary(row => (row[0], row[1]), row => row.Skip(2).Select(NumericCsv.Number).ToArray());
    }

    public static Calibration OfThisRepository => Golden.Value;

    public IReadOnlyList<long> Seeds { get; }

    /// <summary>Claim and statistic of every row.</summary>
    public IReadOnlyCollection<(string Claim, string Statistic)> Rows => _values.Keys;

    /// <summary>A statistic on every seed; NaN where it does not exist.</summary>
    public IReadOnlyList<double> Values(Claim claim, Statistic statistic) => _values[(claim.Id, statistic.Name)];

    /// <summary>How many claims a seed shows; 0 for one that is not among the calibrated.</summary>
    public int ClaimsShownBy(long seed)
    {
        int index = Seeds.ToList().IndexOf(seed);
        return index < 0 ? 0 : ClaimCatalog.OfOneRun.Count(claim => Shows(claim)[index]);
    }

    /// <summary>Epochs that a seed's training takes until cleanup has ended; null for one that is not among the calibrated.</summary>
    public double? Length(long seed)
    {
        int index = Seeds.ToList().IndexOf(seed);
        return index < 0 ? null : _values[(new ThreePhases().Id, "end of cleanup")][index];
    }

    /// <summary>Whether each seed shows a claim.</summary>
    public bool[] Shows(RunClaim claim) =>
        [.. Seeds.Select((_, seed) => claim.Statistics.All(statistic => statistic.Admits(Values(claim, statistic)[seed])))];

    /// <summary>The rate at which seeds show a claim at the least: the lower end of its one-sided 95% interval.</summary>
    public double LeastRate(RunClaim claim) => BinomialTail.LowerBound(Seeds.Count, Shows(claim).Count(shows => shows));

    /// <summary>The rates of the rule over seeds, in words.</summary>
    public string RatesOf(RunClaim claim)
    {
        int showing = Shows(claim).Count(shows => shows);
        SeedRule rule = SeedRule.Default;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{showing} of {Seeds.Count} calibrated seeds show it; at that rate {rule.Needed} of {rule.Seeds} raises a false alarm with probability {rule.Alarm((double)showing / Seeds.Count):0.####}, at the least rate that so many seeds allow ({LeastRate(claim):0.00}, 95%) with {rule.Alarm(LeastRate(claim)):0.####}");
    }
}

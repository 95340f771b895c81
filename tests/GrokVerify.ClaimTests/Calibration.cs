using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>
/// What every claim measured on many seeds of the mainline, as golden/CalibrationGolden keeps it: the reference distribution from which the error rates of the rules come.
/// The rules are applied to the numbers when they are read, so a changed rule has changed rates.
/// </summary>
/// <remarks>Only the seeds that did not help to fix the rules measure how often they err: see <see cref="CalibratedSeeds"/>. Whoever changes a rule after a look at those has to calibrate on others.</remarks>
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

    /// <summary>How many claims a seed shows, of those that are calibrated; 0 for a seed that is not.</summary>
    public int ClaimsShownBy(long seed)
    {
        int index = Seeds.ToList().IndexOf(seed);
        return index < 0 ? 0 : ClaimCatalog.OfOneRun.Count(claim => claim.Statistics.All(
            statistic => _values.TryGetValue((claim.Id, statistic.Name), out double[]? values) && statistic.Admits(values[index])));
    }

    /// <summary>Epochs that a seed's training takes until cleanup has ended; null for one that is not among the calibrated.</summary>
    public double? Length(long seed)
    {
        int index = Seeds.ToList().IndexOf(seed);
        return index < 0 ? null : _values[(new ThreePhases().Id, "end of cleanup")][index];
    }

    /// <summary>Whether each of the seeds that only measure shows a claim.</summary>
    public bool[] Shows(RunClaim claim) =>
        [.. Seeds.Index().Where(seed => !CalibratedSeeds.FixedRules(seed.Item)).Select(seed => claim.Statistics.All(statistic => statistic.Admits(Values(claim, statistic)[seed.Index])))];

    /// <summary>The rate at which seeds show a claim at the least: the lower end of its one-sided 95% interval.</summary>
    public double LeastRate(RunClaim claim) => BinomialTail.LowerBound(Shows(claim).Length, Shows(claim).Count(shows => shows));

    /// <summary>The chance that of five fresh seeds fewer than three show some claim: the share of all choices of five of the seeds that only measure.</summary>
    public double FamilyAlarm()
    {
        bool[][] shows = [.. ClaimCatalog.OfOneRun.Select(Shows)];
        SeedRule rule = SeedRule.Default;
        int[][] choices = [.. Choices(shows[0].Length, rule.Seeds)];
        return choices.Count(choice => shows.Any(claim => !rule.IsReproducedBy(choice.Count(seed => claim[seed])))) / (double)choices.Length;
    }

    private static IEnumerable<int[]> Choices(int count, int size, int from = 0) => size == 0
        ? [[]]
        : Enumerable.Range(from, count - from).SelectMany(first => Choices(count, size - 1, first + 1).Select(rest => (int[])[first, .. rest]));

    /// <summary>The rates of the rule over seeds, in words.</summary>
    public string RatesOf(RunClaim claim)
    {
        bool[] shows = Shows(claim);
        int showing = shows.Count(shown => shown);
        SeedRule rule = SeedRule.Default;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{showing} of the {shows.Length} seeds that only measure show it; at that rate {rule.Needed} of {rule.Seeds} raises a false alarm with probability {rule.Alarm((double)showing / shows.Length):0.####}, at the least rate that so many seeds allow ({LeastRate(claim):0.00}, 95%) with {rule.Alarm(LeastRate(claim)):0.####}");
    }
}

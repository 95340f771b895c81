using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Architectures;

/// <summary>The committed table of the search, golden/reference/architecture-search.csv; a row's name says what was trained.</summary>
internal static class CommittedSearch
{
    public static IReadOnlyList<TrialOutcome> Outcomes { get; } =
    [
        .. File.ReadAllLines(Path.Combine(GoldenFolder.OfThisRepository.Path, "reference", "architecture-search.csv")).Skip(1).Select(line => Read(line.Split(','))),
    ];

    public static TrialOutcome Of(PlannedRun trial) => Outcomes.Single(outcome => outcome.Plan == trial);

    private static TrialOutcome Read(string[] cells) => new(
        ArchitectureBudget.Trials.Single(trial => trial.Name == cells[0]),
        long.Parse(cells[11], CultureInfo.InvariantCulture),
        (long?)Number(cells[12]),
        (long?)Number(cells[13]),
        Number(cells[14])!.Value,
        Number(cells[15])!.Value,
        Number(cells[16])!.Value,
        Number(cells[17])!.Value,
        Frequencies(cells[18]),
        Number(cells[19])!.Value,
        Number(cells[20]),
        Frequencies(cells[21]),
        Number(cells[22]));

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static int[] Frequencies(string cell) => [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => int.Parse(k, CultureInfo.InvariantCulture))];
}

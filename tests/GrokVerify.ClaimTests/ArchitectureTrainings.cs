using FluentAssertions.Execution;
using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>Trains the plans of claims about architectures, side by side with one thread each, and judges what came of them.</summary>
internal static class ArchitectureTrainings
{
    private const long FreshSeed = 3;
    private const int NightlySeeds = 5;

    /// <summary>A seed that the search did not use; in the nightly tier five fresh ones each day.</summary>
    public static IReadOnlyList<long> Seeds { get; } = TrainingTier.IsNightly
        ? [.. Enumerable.Range(0, NightlySeeds).Select(i => (NightlySeeds * (long)DateOnly.FromDateTime(DateTime.UtcNow).DayNumber) + i)]
        : [FreshSeed];

    /// <summary>Asserts that most seeds show the claim; every seed's numbers are in the failure and among the test's attachments.</summary>
    public static void RequireToHold(ArchitectureClaim claim, CancellationToken cancellation)
    {
        Train([.. Seeds.SelectMany(claim.Plan)], cancellation);
        ClaimResult[] results = [.. Seeds.Select(seed => Judge(claim, claim.Plan(seed), $"seed {seed}", cancellation))];
        int holding = results.Count(result => result.Verdict == Verdict.Holds);
        Execute.Assertion.ForCondition(2 * holding > results.Length).FailWith(
            "Expected most of {0} seeds to show: {1}; but {2} do:\n{3}\nReplay: dotnet test tests/GrokVerify.ClaimTests --filter {4}Tests",
            results.Length,
            claim.Sentence,
            holding,
            string.Join('\n', Seeds.Zip(results, (seed, result) => $"seed {seed}: {result}")),
            claim.GetType().Name);
    }

    /// <summary>Asserts that the claim fails on other runs, by this statistic among others perhaps.</summary>
    public static void RequireToRefute(ArchitectureClaim claim, IReadOnlyList<PlannedRun> runs, string statistic, CancellationToken cancellation)
    {
        ClaimResult result = Judge(claim, runs, EvidenceFiles.OfControl, cancellation);
        Finding[] decisive = [.. result.Findings.Where(finding => finding.Statistic.Name.StartsWith(statistic, StringComparison.Ordinal))];
        Execute.Assertion.ForCondition(decisive.Length > 0 && decisive.All(finding => !finding.Holds)).FailWith(
            "Expected {0} to refute {1} by its {2}, but it came out so:\n{3}", string.Join(" and ", runs.Select(run => run.Name)), claim.Id, statistic, result.ToString());
    }

    private static ClaimResult Judge(ArchitectureClaim claim, IReadOnlyList<PlannedRun> runs, string name, CancellationToken cancellation)
    {
        IReadOnlyList<TrainingRun> trained = Train(runs, cancellation);
        ClaimResult result = claim.Judge([.. runs.Zip(trained, TrialOutcome.Measure)]);
        RunTraining.Attach(files => files.Write(result, [.. runs.Zip(trained, TrainedCurve.Of)], name));
        TestContext.Out.WriteLine($"{name}: {result}");
        return result;
    }

    /// <param name="runs">All of one layer, or all of several.</param>
    /// <param name="cancellation">Ends all runs; they can be resumed.</param>
    private static IReadOnlyList<TrainingRun> Train(IReadOnlyList<PlannedRun> runs, CancellationToken cancellation) =>
        (runs[0].Config.Model.Layers == 1 ? RunTraining.Sweep : RunTraining.ThroughLibTorch()).Train([.. runs.Select(run => run.Request)], cancellation);
}

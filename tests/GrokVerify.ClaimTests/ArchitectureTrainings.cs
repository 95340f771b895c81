using System.Collections.Concurrent;
using FluentAssertions.Execution;
using GrokVerify.Architectures;
using GrokVerify.Exact;
using GrokVerify.Judging;
using TorchSharp;

namespace GrokVerify.ClaimTests;

/// <summary>Trains the plans of claims about architectures, side by side with one thread each; each trial once in a test run.</summary>
internal static class ArchitectureTrainings
{
    private const long FreshSeed = 3;
    private const int NightlySeeds = 5;
    private static readonly ConcurrentDictionary<string, Lazy<TrialOutcome>> Trained = [];

    /// <summary>A seed that the search did not use; in the nightly tier five fresh ones each day.</summary>
    public static IReadOnlyList<long> Seeds { get; } = TrainingTier.IsNightly
        ? [.. Enumerable.Range(0, NightlySeeds).Select(i => (NightlySeeds * (long)DateOnly.FromDateTime(DateTime.UtcNow).DayNumber) + i)]
        : [FreshSeed];

    public static IReadOnlyList<TrialOutcome> Train(IReadOnlyList<ArchitectureTrial> trials, CancellationToken cancellation)
    {
        if (trials.Any(trial => trial.Architecture is Architecture.TwoLayers or Architecture.TwoLayersAttentionOnly))
        {
            // These are trained through libtorch, whose threads would wait for each other's cores.
            torch.set_num_threads(1);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.ForEach(trials, options, trial => Outcome(trial, cancellation));
        return [.. trials.Select(trial => Outcome(trial, cancellation))];
    }

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

    /// <summary>Asserts that the claim fails on other trials, by this statistic among others perhaps.</summary>
    public static void RequireToRefute(ArchitectureClaim claim, IReadOnlyList<ArchitectureTrial> trials, string statistic, CancellationToken cancellation)
    {
        ClaimResult result = Judge(claim, trials, "control", cancellation);
        Finding[] decisive = [.. result.Findings.Where(finding => finding.Statistic.Name.StartsWith(statistic, StringComparison.Ordinal))];
        Execute.Assertion.ForCondition(decisive.Length > 0 && decisive.All(finding => !finding.Holds)).FailWith(
            "Expected {0} to refute {1} by its {2}, but it came out so:\n{3}", string.Join(" and ", trials.Select(trial => trial.Name)), claim.Id, statistic, result.ToString());
    }

    private static ClaimResult Judge(ArchitectureClaim claim, IReadOnlyList<ArchitectureTrial> trials, string name, CancellationToken cancellation)
    {
        IReadOnlyList<TrialOutcome> outcomes = Train(trials, cancellation);
        ClaimResult result = claim.Judge(outcomes);
        string folder = Path.Combine(RunTraining.ArtifactsFolder, "claims", claim.Id, name.Replace(' ', '-'));
        Directory.CreateDirectory(folder);
        string table = Path.Combine(folder, "trials.csv");
        File.WriteAllText(table, SearchTable.Render(outcomes));
        TestContext.AddTestAttachment(table, "what came of each trial");
        TestContext.Out.WriteLine($"{name}: {result}");
        return result;
    }

    private static TrialOutcome Outcome(ArchitectureTrial trial, CancellationToken cancellation)
    {
        // One that was cancelled is not kept: the next test trains it again.
        Lazy<TrialOutcome> lazy = Trained.GetOrAdd(
            trial.Name, _ => new Lazy<TrialOutcome>(() => TrialTrainer.Train(trial, new ExactEngineFactory(1), cancellation: cancellation), LazyThreadSafetyMode.ExecutionAndPublication));
        try
        {
            return lazy.Value;
        }
        catch
        {
            Trained.TryRemove(trial.Name, out _);
            throw;
        }
    }
}

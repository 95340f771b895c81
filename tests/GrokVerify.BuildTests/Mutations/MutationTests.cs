using System.Diagnostics;
using System.Globalization;
using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Mutations;

/// <summary>
/// Does the guard of a refactoring really guard? Makes each mistake of the catalogue in a copy of the sources and runs the guard there:
/// a mistake that survives is a missing test. On demand only, docs/testing.md says how: it builds and tests once for each mistake.
/// </summary>
[TestFixture]
[Category("Mutation")]
[Explicit("takes the better part of an hour")]
[NonParallelizable]
public sealed class MutationTests
{
    private const int FiveHours = 5 * 60 * 60 * 1000;
    private const string ChosenVariable = "GROKVERIFY_MUTANTS";

    [Test]
    [CancelAfter(FiveHours)]
    public async Task Every_mutation_is_killed_by_the_guard(CancellationToken token)
    {
        IReadOnlyList<Mutation> mutations = Chosen();
        using MutatedCopy copy = new();
        var clock = Stopwatch.StartNew();
        ProcessOutput build = await copy.BuildAsync(token);
        build.ExitCode.Should().Be(0, build.Text);
        double built = clock.Elapsed.TotalSeconds;
        GuardResult untouched = await copy.RunGuardAsync(token);
        untouched.Failure.Should().BeNull("the unaltered copy passes its own guard");
        MutationReport report = new(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, commit {MutatedCopy.Commit()}: the unaltered copy was built in {built:0} s and passed {untouched.Passed} tests in {clock.Elapsed.TotalSeconds - built:0} s."));

        foreach (Mutation mutation in mutations)
        {
            MutationResult result = await JudgeAsync(copy, mutation, token);
            report.Add(result);
            await TestContext.Progress.WriteLineAsync($"{mutation.Name}: {result.Outcome} {result.By}");
        }

        await TestContext.Out.WriteLineAsync(report.ToString());
        TestContext.AddTestAttachment(MutationReport.Path);
        report.Results.Where(result => result.Outcome != MutationOutcome.Killed).Should().BeEmpty(
            $"a mutation that survives is a missing test; replay one with {ChosenVariable}=NAME");
    }

    private static async Task<MutationResult> JudgeAsync(MutatedCopy copy, Mutation mutation, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        using IDisposable mistake = copy.With(mutation);
        ProcessOutput build = await copy.BuildAsync(token);
        if (build.ExitCode != 0)
        {
            return new MutationResult(mutation, MutationOutcome.DoesNotCompile, build.Text, clock.Elapsed.TotalSeconds);
        }

        GuardResult guard = await copy.RunGuardAsync(token);
        return new MutationResult(mutation, guard.Failure is null ? MutationOutcome.Survived : MutationOutcome.Killed, guard.Failure ?? "", clock.Elapsed.TotalSeconds);
    }

    private static IReadOnlyList<Mutation> Chosen()
    {
        string[] names = (Environment.GetEnvironmentVariable(ChosenVariable) ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        string[] unknown = [.. names.Except(Mutation.All.Select(mutation => mutation.Name))];
        unknown.Should().BeEmpty($"{ChosenVariable} names mutations of the catalogue, separated by commas");
        return names.Length == 0 ? Mutation.All : [.. Mutation.All.Where(mutation => names.Contains(mutation.Name))];
    }
}

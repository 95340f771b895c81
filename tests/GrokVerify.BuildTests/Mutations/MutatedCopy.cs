using System.Diagnostics;
using GrokVerify.BuildTests.Building;
using TestSummary;

namespace GrokVerify.BuildTests.Mutations;

/// <summary>How the guard ended.</summary>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failure">The first test that failed, or what went wrong with the run; null when all is well.</param>
internal sealed record GuardResult(int Passed, string? Failure);

/// <summary>A copy of the repository's sources in a temporary folder, to make mistakes in and to run the guard of a refactoring on; the authors' data beside it, where the repository has it.</summary>
internal sealed class MutatedCopy : IDisposable
{
    private const string Guard = "TestCategory=Fast|TestCategory=Golden";
    private static readonly TimeSpan GuardLimit = TimeSpan.FromMinutes(10);
    private readonly string _home = Directory.CreateTempSubdirectory("grokverify-mutations-").FullName;
    private readonly string _root;

    public MutatedCopy()
    {
        string repository = ThrowAwayRepository.FindRepository();
        _root = Directory.CreateDirectory(Path.Combine(_home, "repository")).FullName;
        string data = Path.Combine(repository, "..", "shared");
        if (Directory.Exists(data))
        {
            Directory.CreateSymbolicLink(Path.Combine(_home, "shared"), Path.GetFullPath(data));
        }

        foreach (string file in Git(repository, "ls-files", "--cached", "--others", "--exclude-standard").Where(file => File.Exists(Path.Combine(repository, file))))
        {
            string target = Path.Combine(_root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(repository, file), target);
        }

        // Tests of the provenance of a run ask for the commit.
        Git(_root, "init", "--quiet");
        Git(_root, "add", "--all");
        Git(_root, "-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "commit", "--quiet", "--message", "the unaltered copy");
        string settings = File.ReadAllText(Path.Combine(_root, "runsettings.xml"));

        // Not told to stop at the first failure: with fixtures side by side NUnit 4.6.1 then never ends.
        File.WriteAllText(Settings, settings.Replace("<NUnit>", "<NUnit><DisplayName>FullName</DisplayName>", StringComparison.Ordinal));
    }

    private string Tests => Path.Combine(_root, "tests", "GrokVerify.Tests");

    private string Settings => Path.Combine(_root, "guard.runsettings");

    /// <summary>The commit of the repository, with a plus sign where files differ from it.</summary>
    public static string Commit()
    {
        string repository = ThrowAwayRepository.FindRepository();
        return Git(repository, "rev-parse", "--short", "HEAD").Single() + (Git(repository, "status", "--porcelain").Length > 0 ? "+" : "");
    }

    /// <summary>Changes a file of the copy until the result is disposed of.</summary>
    public IDisposable With(Mutation mutation)
    {
        string path = Path.Combine(_root, mutation.File);
        string source = File.ReadAllText(path);
        File.WriteAllText(path, mutation.Apply(source));
        return new Restoration(path, source);
    }

    /// <summary>Builds the tests and what they test, only what changed. Nothing but errors matters: a mistake may leave a warning.</summary>
    public Task<ProcessOutput> BuildAsync(CancellationToken token) => Dotnet.RunAsync(Tests, "build", ["-p:TreatWarningsAsErrors=false", "-v:q"], token);

    /// <summary>Runs the guard.</summary>
    public async Task<GuardResult> RunGuardAsync(CancellationToken token)
    {
        string results = Path.Combine(_root, "results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(GuardLimit);
        try
        {
            ProcessOutput run = await Dotnet.RunAsync(
                Tests, "test", ["--no-build", "--filter", Guard, "--settings", Settings, "--logger", "trx", "--results-directory", results], limit.Token);
            IReadOnlyList<TestResult> tests = Directory.Exists(results) ? TestResults.Read(results) : [];
            string? failure = tests.FirstOrDefault(test => test.IsFailed)?.Name;
            bool isWell = run.ExitCode == 0 && tests.Count > 0;
            return new GuardResult(tests.Count(test => test.IsPassed), failure ?? (isWell ? null : $"the test run ended with exit code {run.ExitCode}: {run.Text}"));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new GuardResult(0, $"the time limit of {GuardLimit.TotalMinutes:0} minutes");
        }
    }

    /// <summary>
    /// Lets Stryker make its mistakes in one folder of the library and run the tests that cover each. To Stryker the other folders are generated code, which it leaves alone: it would put a switch into every
    /// expression that it could change, wherever that stands, and the tests that loop over all pairs would not end within an hour.
    /// </summary>
    /// <exception cref="InvalidOperationException">Stryker did not get as far as a report.</exception>
    public async Task<StrykerReport> RunStrykerAsync(string folder, CancellationToken token)
    {
        string library = Path.Combine(_root, "src", "GrokVerify");
        foreach (string file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories).Where(file => !file.StartsWith(Path.Combine(library, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            await File.WriteAllTextAsync(file, "// <auto-generated/>\n#nullable enable\n" + await File.ReadAllTextAsync(file, token), token);
        }

        string output = Path.Combine(_root, "stryker");
        ProcessOutput run = await Dotnet.RunToolAsync(library, "stryker", ["--config-file", "stryker-config.json", "--mutate", $"{folder}/**/*.cs", "--output", output], token);
        string? report = Directory.Exists(output) ? Directory.EnumerateFiles(output, "*.json", SearchOption.AllDirectories).SingleOrDefault() : null;
        return report is null ? throw new InvalidOperationException(run.Text) : StrykerReport.Read(await File.ReadAllTextAsync(report, token));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private static string[] Git(string folder, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"git {arguments[0]} in {folder} ended with exit code {git.ExitCode}: mutations are made in a copy of the files that git lists");
    }

    private sealed class Restoration(string path, string source) : IDisposable
    {
        public void Dispose() => File.WriteAllText(path, source);
    }
}

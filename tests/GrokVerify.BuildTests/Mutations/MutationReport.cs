using System.Globalization;
using System.Text;
using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Mutations;

internal enum MutationOutcome
{
    Killed,
    Survived,
    DoesNotCompile,
}

/// <summary>What became of a mutation.</summary>
/// <param name="Mutation">The mistake.</param>
/// <param name="Outcome">Whether the guard noticed.</param>
/// <param name="By">The test that noticed; the compiler's words; empty when nothing did.</param>
/// <param name="Seconds">Of building and running the guard.</param>
internal sealed record MutationResult(Mutation Mutation, MutationOutcome Outcome, string By, double Seconds);

/// <summary>artifacts/mutations.md: the table of all results, written anew after each.</summary>
internal sealed class MutationReport(string heading)
{
    private readonly List<MutationResult> _results = [];

    public static string Path { get; } = System.IO.Path.Combine(ThrowAwayRepository.FindRepository(), "artifacts", "mutations.md");

    public IReadOnlyList<MutationResult> Results => _results;

    public void Add(MutationResult result)
    {
        _results.Add(result);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, ToString());
    }

    public override string ToString()
    {
        int killed = _results.Count(result => result.Outcome == MutationOutcome.Killed);
        StringBuilder text = new();
        text.Append(heading).Append("\n\n").Append(CultureInfo.InvariantCulture, $"{killed} of {_results.Count} killed\n\n")
            .Append("| mutation | file | breaks | outcome | by | seconds |\n|---|---|---|---|---|---:|\n");
        foreach (MutationResult result in _results)
        {
            string file = result.Mutation.File["src/".Length..];
            text.Append(CultureInfo.InvariantCulture, $"| {result.Mutation.Name} | `{file}` | {result.Mutation.Breaks} | {Words(result.Outcome)} | {OneLine(result.By)} | {result.Seconds:0} |\n");
        }

        return text.ToString();
    }

    private static string Words(MutationOutcome outcome) => outcome switch
    {
        MutationOutcome.Killed => "killed",
        MutationOutcome.Survived => "SURVIVED",
        _ => "DOES NOT COMPILE",
    };

    private static string OneLine(string text)
    {
        const int longest = 200;
        string line = text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
        return line.Length <= longest ? line : line[..longest] + "...";
    }
}

using System.Text.Json;

namespace GrokVerify.BuildTests.Mutations;

/// <summary>What became of the mistakes that Stryker made.</summary>
/// <param name="Killed">Those that a test noticed, or that made one run out of time.</param>
/// <param name="TimedOut">How many of these made one run out of time.</param>
/// <param name="Survivors">Those that no test noticed: file, line, what stands there, and what stood there instead.</param>
internal sealed record StrykerReport(int Killed, int TimedOut, IReadOnlyList<string> Survivors)
{
    /// <summary>The share that was killed, 0..1.</summary>
    public double Share => (double)Killed / (Killed + Survivors.Count);

    /// <param name="json">In the format of mutation-testing-elements. Mutants that do not compile, and those that were left out, count for nothing.</param>
    public static StrykerReport Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        int killed = 0;
        int timedOut = 0;
        var survivors = new List<string>();
        foreach (JsonProperty file in document.RootElement.GetProperty("files").EnumerateObject())
        {
            string[] lines = file.Value.GetProperty("source").GetString()!.Split('\n');
            foreach (JsonElement mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                int line = mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();
                switch (mutant.GetProperty("status").GetString())
                {
                    case "Killed":
                        killed++;
                        break;
                    case "Timeout":
                        killed++;
                        timedOut++;
                        break;
                    case "Survived" or "NoCoverage":
                        survivors.Add($"{file.Name}:{line}: {lines[line - 1].Trim()} -> {mutant.GetProperty("replacement").GetString()?.ReplaceLineEndings(" ")}");
                        break;
                }
            }
        }

        return new StrykerReport(killed, timedOut, survivors);
    }

    public override string ToString() => FormattableString.Invariant($"{Killed} of {Killed + Survivors.Count} killed ({Share:0.0%}), {TimedOut} of them by running out of time; survivors:\n{string.Join('\n', Survivors)}");
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace TestSummary;

/// <summary>What a verification found of one claim.</summary>
/// <param name="Id">The claim's id; with the family's name where it was judged on several.</param>
/// <param name="Sentence">What is claimed.</param>
/// <param name="Holds">True when it was shown.</param>
/// <param name="How">How that was decided, in words.</param>
/// <param name="Rule">The hash of its rules.</param>
/// <param name="Missed">The statistics that do not keep their rule, each with its value and the rule; empty where the seeds decide.</param>
public sealed record ClaimVerdict(string Id, string Sentence, bool Holds, string How, string Rule, IReadOnlyList<string> Missed);

/// <summary>Reads the evidence that claim tests leave: seeds.json of a claim that seeds decide, claim.json of one about a family of runs.</summary>
public static class ClaimEvidence
{
    /// <summary>The folder of runs that were sabotaged to see whether the claim notices: they are to refute it (EvidenceFiles.OfControl).</summary>
    private const string OfControl = "control";

    /// <param name="folder">The folder of all claims; null, or one that is not there, has none.</param>
    /// <returns>In the order of their ids.</returns>
    /// <exception cref="InvalidDataException">A file is not such evidence; names the file.</exception>
    public static IReadOnlyList<ClaimVerdict> Read(string? folder) => folder is null || !Directory.Exists(folder)
        ? []
        : [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).SelectMany(OfClaim)];

    private static IEnumerable<ClaimVerdict> OfClaim(string folder)
    {
        string seeds = Path.Combine(folder, "seeds.json");
        if (File.Exists(seeds))
        {
            yield return Read(seeds, json => new ClaimVerdict(Text(json, "id"), Text(json, "claim"), Text(json, "verdict") == "reproduced", Text(json, "decision"), Text(json, "rule_sha256"), []));
        }

        // A claim.json of one run belongs to the verdict over seeds, or to a control that has to refute the claim.
        foreach (string file in Directory.GetFiles(folder, "claim.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != OfControl).Order(StringComparer.Ordinal))
        {
            if (Read(file, json => json.ContainsKey("runs") ? OfFamily(json, Path.GetRelativePath(folder, Path.GetDirectoryName(file)!)) : null) is ClaimVerdict verdict)
            {
                yield return verdict;
            }
        }
    }

    private static ClaimVerdict OfFamily(JsonObject json, string name)
    {
        JsonObject[] findings = [.. json["findings"]!.AsArray().Select(finding => finding!.AsObject())];
        JsonObject[] missed = [.. findings.Where(finding => !finding["holds"]!.GetValue<bool>())];
        return new ClaimVerdict(
            name == "." ? Text(json, "id") : $"{Text(json, "id")}, {name}",
            Text(json, "claim"),
            Text(json, "verdict") == "holds",
            $"{findings.Length - missed.Length} of {findings.Length} statistics keep their rules, on {json["runs"]!.AsArray().Count} runs",
            Text(json, "rule_sha256"),
            [.. missed.Select(finding => $"{Text(finding, "statistic")}: {finding["measured"]?.ToString() ?? Text(finding, "absence")}, not {Text(finding, "rule")}")]);
    }

    private static T Read<T>(string file, Func<JsonObject, T> read)
    {
        try
        {
            return read(JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidDataException($"{file} is no evidence of a claim ({problem.Message}); delete it, or verify the claims again", problem);
        }
    }

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? throw new InvalidOperationException($"it has no {name}");
}

using System.Text.Json;
using System.Text.Json.Nodes;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>What a test run left of a claim in its folder of artifacts/claims.</summary>
/// <param name="Holds">Whether enough seeds showed it, or whether it held on the runs that it is about.</param>
/// <param name="Decision">How that came about, in words.</param>
/// <param name="Findings">What was measured, where the claim is about several runs together.</param>
/// <param name="Seeds">Each seed with the command that trains it again, where seeds decide it.</param>
/// <param name="IsOfThisRule">Whether the rules were those of this program.</param>
internal sealed record ClaimEvidence(bool Holds, string Decision, IReadOnlyList<Finding> Findings, IReadOnlyList<(string Seed, string Replay)> Seeds, bool IsOfThisRule)
{
    /// <param name="folder">The folder of all claims.</param>
    /// <param name="claim">The claim.</param>
    /// <returns>Null where there is no evidence of it.</returns>
    /// <exception cref="UsageException">A file is malformed.</exception>
    public static ClaimEvidence? Read(string folder, Claim claim)
    {
        string own = Path.Combine(folder, claim.Id);
        if (File.Exists(Path.Combine(own, "seeds.json")))
        {
            return Parse(Path.Combine(own, "seeds.json"), json => OfSeeds(json, claim));
        }

        string[] families = Directory.Exists(own)
            ? [.. Directory.EnumerateFiles(own, "claim.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != EvidenceFiles.OfControl).Order(StringComparer.Ordinal)]
            : [];
        return families.Select(file => Parse(file, json => json["runs"] is null ? null : OfRuns(json, claim))).FirstOrDefault(evidence => evidence is not null);
    }

    private static ClaimEvidence? Parse(string file, Func<JsonObject, ClaimEvidence?> read)
    {
        try
        {
            return read(JsonNode.Parse(File.ReadAllText(file))!.AsObject());
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or NullReferenceException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file}: is no evidence of a claim ({problem.Message.TrimEnd('.')}); delete it, and verify the claims again", problem);
        }
    }

    private static ClaimEvidence OfSeeds(JsonObject json, Claim claim) => new(
        json["verdict"]!.GetValue<string>() == "reproduced",
        json["decision"]!.GetValue<string>(),
        [],
        [.. json["seeds"]!.AsArray().Select(seed => ($"seed {seed!["seed"]}: {seed["verdict"]!.GetValue<string>().Replace('_', ' ')}", seed["replay"]!.GetValue<string>()))],
        IsOf(json, claim));

    private static ClaimEvidence OfRuns(JsonObject json, Claim claim) => new(
        json["verdict"]!.GetValue<string>() == "holds",
        $"judged on {json["runs"]!.AsArray().Count} runs",
        [.. json["findings"]!.AsArray().Select(finding => Finding(finding!.AsObject(), claim)).OfType<Finding>()],
        [],
        IsOf(json, claim));

    /// <summary>Null for a statistic that the claim does not have, in the tier or the version of another time.</summary>
    private static Finding? Finding(JsonObject json, Claim claim) =>
        claim.Statistics.FirstOrDefault(statistic => statistic.Name == json["statistic"]!.GetValue<string>())?.Of(json["measured"]?.GetValue<double>(), json["absence"]?.GetValue<string>());

    private static bool IsOf(JsonObject json, Claim claim) => json["rule_sha256"]?.GetValue<string>() == claim.RuleSha256;
}

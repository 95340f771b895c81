using System.Text.Json;
using System.Text.Json.Nodes;
using GrokVerify.Runs;

namespace GrokVerify.Claims;

/// <summary>A claim's result as JSON: what was claimed, by whom, what was measured by which rule, on which run.</summary>
public static class ClaimJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <param name="result">The claim judged.</param>
    /// <param name="run">The run that it was judged on.</param>
    public static string Of(ClaimResult result, TrainingRun run)
    {
        var json = new JsonObject
        {
            ["id"] = result.Claim.Id,
            ["claim"] = result.Claim.Sentence,
            ["source"] = result.Claim.Source,
            ["verdict"] = result.Verdict == Verdict.Holds ? "holds" : "does_not_hold",
            ["findings"] = new JsonArray([.. result.Findings.Select(Finding)]),
            ["seeds"] = new JsonArray(run.Config.Seed),
            ["run"] = Path.GetFileName(run.Folder),
            ["engine"] = run.Identity.Engine,
            ["epochs"] = run.Rows[^1].Epoch,
            ["git_commit"] = run.Provenance.GitCommit,
            ["libraries"] = new JsonObject(run.Identity.Libraries.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
        return json.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Finding(Finding finding) => new()
    {
        ["statistic"] = finding.Statistic,
        ["measured"] = finding.Measured,
        ["rule"] = finding.Rule,
        ["holds"] = finding.Holds,
        ["absence"] = finding.Absence is not null && finding.Measured is null ? finding.Absence : null,
    };
}

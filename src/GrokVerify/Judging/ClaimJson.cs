using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>Results of claims as JSON: what was claimed, by whom, what was measured by which rule, on which run or network.</summary>
public static class ClaimJson
{
    private const string Holds = "holds";
    private const string DoesNotHold = "does_not_hold";
    private const string NotApplicable = "not_applicable";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The words that a verdict on one network or run can be.</summary>
    internal static IReadOnlyList<string> Verdicts { get; } = [Holds, DoesNotHold, NotApplicable];

    /// <param name="result">The claim judged.</param>
    /// <param name="run">The run that it was judged on.</param>
    public static string Of(ClaimResult result, TrainingRun run)
    {
        JsonObject json = Claim(result.Claim, result);
        json["seeds"] = new JsonArray(run.Config.Seed);
        json["seeds_fixed_the_rule"] = CalibratedSeeds.FixedRules(run.Config);
        json["run"] = Path.GetFileName(run.Folder);
        json["engine"] = run.Identity.Engine;
        json["epochs"] = run.Rows[^1].Epoch;
        json["git_commit"] = run.Provenance.GitCommit;
        json["libraries"] = new JsonObject(run.Identity.Libraries.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return json.ToJsonString(Indented) + "\n";
    }

    /// <param name="result">The claim judged.</param>
    /// <param name="runs">The family of runs that it was judged on.</param>
    internal static string Of(ClaimResult result, IReadOnlyList<TrainedCurve> runs)
    {
        JsonObject json = Claim(result.Claim, result);
        json["seeds"] = new JsonArray([.. runs.Select(run => run.Plan.Config.Seed).Distinct().Select(seed => (JsonNode)seed)]);
        json["runs"] = new JsonArray([.. runs.Select(run => new JsonObject { ["name"] = run.Plan.Name, ["epochs"] = run.Last.Epoch })]);
        return json.ToJsonString(Indented) + "\n";
    }

    /// <param name="verdict">How the seeds decide a claim.</param>
    public static string Of(SeedVerdict verdict)
    {
        JsonObject json = Claim(verdict.Claim, null);
        json.Remove("findings");
        json["verdict"] = verdict.IsReproduced ? "reproduced" : "not_reproduced";
        json["decision"] = verdict.Decision;
        json["seeds"] = new JsonArray([.. verdict.Judged.Select(seed => new JsonObject
        {
            ["seed"] = seed.Run.Plan.Config.Seed,
            ["fixed_the_rule"] = CalibratedSeeds.FixedRules(seed.Run.Plan.Config),
            ["verdict"] = Word(seed.Result),
            ["run"] = Path.GetFileName(seed.Run.Run.Folder),
            ["replay"] = seed.Run.Replay,
        })]);
        return json.ToJsonString(Indented) + "\n";
    }

    /// <param name="claims">Every claim of a check.</param>
    /// <param name="measured">The network that was checked.</param>
    /// <param name="grokked">Whether it solves the task.</param>
    internal static string Of(IEnumerable<CheckedClaim> claims, MeasuredNetwork measured, bool grokked)
    {
        NetworkFile network = measured.File;
        var json = new JsonObject
        {
            ["file"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(network.Path)),
            ["layout"] = network.Layout.ToString().ToLowerInvariant(),
            ["weights_sha256"] = network.Weights.Sha256(),
            ["optional_biases_sha256"] = network.Weights.OptionalBiases is { } biases ? Hash(biases) : null,
            ["p"] = network.Weights.Config.Prime,
            ["train_fraction"] = measured.Split?.TrainFraction,
            ["seed"] = measured.Split?.Seed,
            ["split"] = measured.Split?.Shuffle?.Word(),
            ["epoch"] = network.Facts.Epoch,
            ["grokked"] = grokked,
            ["warnings"] = new JsonArray([.. measured.Warnings]),
            ["claims"] = new JsonArray([.. claims.Select(Checked)]),
        };
        return json.ToJsonString(Indented);
    }

    private static string Hash(OptionalBiases biases)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, float[] values) in biases.All)
        {
            hash.AppendData(TensorBytes.LittleEndian(values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static JsonObject Checked(CheckedClaim claim)
    {
        JsonObject json = Claim(claim.Claim, claim.Result);
        json["reason"] = claim.NotApplicable;
        return json;
    }

    private static JsonObject Claim(Claim claim, ClaimResult? result) => new()
    {
        ["id"] = claim.Id,
        ["claim"] = claim.Sentence,
        ["source"] = claim.Source,
        ["deviation"] = claim.Deviation,
        ["rule_sha256"] = claim.RuleSha256,
        ["verdict"] = Word(result),
        ["findings"] = new JsonArray([.. (result?.Findings ?? []).Select(Finding)]),
    };

    /// <summary>The word for the verdict on one network or run.</summary>
    /// <param name="result">What the claim comes to; null where it is not applicable.</param>
    internal static string Word(ClaimResult? result) => result is null ? NotApplicable : result.Verdict == Verdict.Holds ? Holds : DoesNotHold;

    /// <summary>The same for people.</summary>
    internal static string Plain(string word) => word.Replace('_', ' ');

    private static JsonObject Finding(Finding finding) => new()
    {
        ["statistic"] = finding.Statistic.Name,
        // JSON has no word for infinity and NaN: the quotient of a loss that underflows to 0.
        ["measured"] = finding.Measured is double value && double.IsFinite(value) ? value : null,
        ["rule"] = finding.Statistic.Rule,
        ["published"] = finding.Statistic.Published,
        ["holds"] = finding.Holds,
        ["absence"] = finding.Measured is null ? finding.Absence : double.IsFinite(finding.Measured.Value) ? null : $"not a finite number: {finding.Measured}",
    };
}

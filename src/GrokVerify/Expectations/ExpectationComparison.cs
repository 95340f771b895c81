using GrokVerify.Judging;

namespace GrokVerify.Expectations;

/// <summary>What differs between the verdicts that were recorded and those of now.</summary>
internal static class ExpectationComparison
{
    /// <summary>Every claim with another verdict than the recorded one; a claim of another version of the library counts, too.</summary>
    /// <param name="file">The expectations.</param>
    /// <param name="recorded">Those of this network.</param>
    /// <param name="judged">The network as it is now.</param>
    public static IReadOnlyList<ClaimChange> Changes(ExpectationsFile file, NetworkExpectation recorded, JudgedNetwork judged)
    {
        string name = file.NameOf(judged.Path);
        string remedy = $"if that is right: {file.CommandFor(name)} --force";
        Lazy<string> causeBeyondRule = new(() => CauseBeyondRule(recorded, judged));
        ClaimChange Change(string id, ClaimExpectation? expected, string found, string cause) =>
            new(name, id, expected is null ? "not recorded" : ClaimJson.Plain(expected.Verdict), expected is null ? System.IO.Path.GetFileName(file.Path) : file.PlaceOf(expected), found, cause, remedy);

        List<ClaimChange> changes = [];
        foreach (CheckedClaim claim in judged.Claims)
        {
            ClaimExpectation? expected = recorded.Claims.GetValueOrDefault(claim.Claim.Id);
            if (expected is null)
            {
                changes.Add(Change(claim.Claim.Id, null, Found(claim), "the claim is newer than the file"));
            }
            else if (expected.Verdict != ClaimJson.Word(claim.Result))
            {
                changes.Add(Change(claim.Claim.Id, expected, Found(claim), expected.RuleSha256 != claim.Claim.RuleSha256 ? "the claim's rule is another than then" : causeBeyondRule.Value));
            }
        }

        changes.AddRange(recorded.Claims
            .ExceptBy(judged.Claims.Select(claim => claim.Claim.Id), claim => claim.Key)
            .Select(claim => Change(claim.Key, claim.Value, "unknown", "this version has no such claim")));
        return changes;
    }

    private static string CauseBeyondRule(NetworkExpectation recorded, JudgedNetwork judged) =>
        recorded.Sha256 != judged.Sha256() ? "the network is another than then"
        : (recorded.TrainFraction, recorded.Seed) != (judged.Split?.TrainFraction, judged.Split?.Seed) ? "the network is the same, the train and test pairs are others than then"
        : "network and rule are the same, what measures it is another version";

    private static string Found(CheckedClaim claim) => claim.Result switch
    {
        null => $"not applicable, {claim.NotApplicable}",
        { Verdict: Verdict.Holds } => "holds",
        ClaimResult result => $"does not hold, {string.Join(", ", result.Findings.Where(finding => !finding.Holds).Select(finding => finding.Words))}",
    };
}

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
        string remedy = $"{file.CommandFor(name)} --force";
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
                changes.Add(Change(claim.Claim.Id, expected, Found(claim), expected.RuleSha256 != claim.Claim.RuleSha256 ? "since then the claim's rule has changed" : causeBeyondRule.Value));
            }
        }

        changes.AddRange(recorded.Claims
            .ExceptBy(judged.Claims.Select(claim => claim.Claim.Id), claim => claim.Key)
            .Select(claim => Change(claim.Key, claim.Value, "unknown", "this version has no such claim")));
        return changes;
    }

    private static string CauseBeyondRule(NetworkExpectation recorded, JudgedNetwork judged) =>
        recorded.Sha256 != judged.Sha256() ? "since then the network has changed"
        : (recorded.TrainFraction, recorded.Seed, recorded.Shuffle) != (judged.Split?.TrainFraction, judged.Split?.Seed, judged.RecordedShuffle) ? "since then the train and test pairs have changed"
        : "network and rule are the same, but this version measures otherwise";

    private static string Found(CheckedClaim claim) => claim.Result switch
    {
        null => $"not applicable: {claim.NotApplicable}",
        { Verdict: Verdict.Holds } => "holds",
        ClaimResult result => DoesNotHold([.. result.Findings.Where(finding => !finding.Holds)]),
    };

    /// <summary>One rule tells why; all of them would hide the line's end.</summary>
    private static string DoesNotHold(Finding[] broken) => $"does not hold: {broken[0].Words}{(broken.Length == 1 ? "" : $" and {broken.Length - 1} more")}";
}

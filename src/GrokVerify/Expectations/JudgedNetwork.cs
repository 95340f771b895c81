using System.Globalization;
using System.Security.Cryptography;
using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Expectations;

/// <summary>A network's file with the verdict of every claim on it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reading">What the user said of it.</param>
/// <param name="Split">The halves that it was judged with; null when unknown.</param>
/// <param name="Claims">A result for each claim.</param>
internal sealed record JudgedNetwork(string Path, NetworkReading Reading, PairSplit? Split, IReadOnlyList<CheckedClaim> Claims)
{
    public static JudgedNetwork Of(MeasuredNetwork measured) =>
        new(measured.File.Path, measured.File.Reading, measured.Split, NetworkCheck.Of(NetworkEvidence.Measure(measured.Network, measured.Split)));

    /// <summary>How many claims hold, do not hold, and are not applicable.</summary>
    public string Sums
    {
        get
        {
            int holding = Claims.Count(claim => claim.Result?.Verdict == Verdict.Holds);
            int judged = Claims.Count(claim => claim.Result is not null);
            return string.Create(CultureInfo.InvariantCulture, $"{holding} claims hold, {judged - holding} do not, {Claims.Count - judged} are not applicable");
        }
    }

    /// <summary>How its pairs were shuffled, as it is recorded: nothing where as CPython does it.</summary>
    public string? RecordedShuffle => Split?.Shuffle is PairShuffle.Torch ? PairShuffle.Torch.Word() : null;

    /// <summary>What is recorded of it.</summary>
    public NetworkExpectation ToExpectation() => new()
    {
        Sha256 = Sha256(),
        TrainFraction = Split?.TrainFraction,
        Seed = Split?.Seed,
        Shuffle = RecordedShuffle,
        Network = Reading.Name,
        Map = Reading.Map?.Text,
        AttentionRate = Reading.AttentionRate,
        Claims = Claims.ToDictionary(claim => claim.Claim.Id, claim => new ClaimExpectation(ClaimJson.Word(claim.Result), claim.Claim.RuleSha256)),
    };

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public string Sha256()
    {
        using FileStream stream = File.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

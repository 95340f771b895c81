using System.Text.Json.Serialization;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Expectations;

/// <summary>What was recorded of one network.</summary>
internal sealed record NetworkExpectation
{
    /// <summary>SHA-256 of the network's file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Share of the pairs that was trained on; with <see cref="Seed"/> the split that the claims were judged with, or both are null.</summary>
    public double? TrainFraction { get; init; }

    public long? Seed { get; init; }

    /// <summary>How the pairs were shuffled; null where as CPython does it, or where the file tells its halves pair by pair.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Shuffle { get; init; }

    /// <summary>How the file was read, as the options --network, --map and --attention-rate said; null where they were not given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Network { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Map { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AttentionRate { get; init; }

    /// <summary>By the claim's identifier.</summary>
    public required Dictionary<string, ClaimExpectation> Claims { get; init; }

    /// <summary>How the file is read.</summary>
    /// <param name="path">The network, for the message.</param>
    /// <exception cref="ExpectationsException">What is recorded of it cannot be understood.</exception>
    public NetworkReading Reading(string path)
    {
        try
        {
            return AttentionRate is null or (>= 0 and <= 1)
                ? new NetworkReading { Name = Network, Map = Map is null ? null : TensorMap.Parse(Map), AttentionRate = AttentionRate }
                : throw new ArgumentException(FormattableString.Invariant($"attention_rate = {AttentionRate} is out of range: from 0 to 1"));
        }
        catch (ArgumentException problem)
        {
            throw new ExpectationsException(path, $"its expectations cannot be understood ({problem.Message})", "record them again", problem);
        }
    }

    /// <summary>The split that the file tells, else the one that was recorded, else those that the file may mean.</summary>
    /// <exception cref="ExpectationsException">The numbers make no split of this network's pairs.</exception>
    public IReadOnlyList<PairSplit> Splits(NetworkFile network)
    {
        try
        {
            return network.Splits() is { Count: not 1 } && TrainFraction is double fraction && Seed is long seed
                ? [new PairSplit(network.Weights.Config.Prime, fraction, seed, Shuffle is null ? PairShuffle.Python : PairShuffles.Of(Shuffle) ?? throw new ArgumentException($"there is no way to shuffle called {Shuffle}"))]
                : network.Splits();
        }
        catch (ArgumentException problem)
        {
            throw new ExpectationsException(network.Path, $"its expectations name a split that does not exist ({problem.Message})", "record them again", problem);
        }
    }
}

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

    /// <summary>By the claim's identifier.</summary>
    public required Dictionary<string, ClaimExpectation> Claims { get; init; }

    /// <summary>The split that was recorded, for a file that does not tell its own; null where none was known.</summary>
    /// <exception cref="ExpectationsException">The numbers make no split of this network's pairs.</exception>
    public PairSplit? Split(NetworkFile network)
    {
        try
        {
            return TrainFraction is double fraction && Seed is long seed ? new PairSplit(network.Weights.Config.Prime, fraction, seed) : null;
        }
        catch (ArgumentException problem)
        {
            throw new ExpectationsException(network.Path, $"its expectations name a split that does not exist ({problem.Message})", "record them again", problem);
        }
    }
}

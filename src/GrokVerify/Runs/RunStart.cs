using System.Security.Cryptography;
using GrokVerify.Engines;
using GrokVerify.Formats;

namespace GrokVerify.Runs;

/// <summary>Where a run begins that does not begin with initial weights: a network that was imported.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Sha256">SHA-256 of weights, moments and Grokfast's mean where there is one, little-endian float32 one after the other; 64 lower-case hexadecimal digits.</param>
public sealed record RunStart(long Epoch, string Sha256)
{
    /// <exception cref="ArgumentException">The state has no moments.</exception>
    public static RunStart Of(TrainingState state)
    {
        if (!state.CanResume)
        {
            throw new ArgumentException("a run cannot start from a state without moments: give zeros", nameof(state));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (float[] values in new[] { state.Weights.Values, state.FirstMoment!, state.SecondMoment!, state.GradientMean ?? [] })
        {
            hash.AppendData(TensorBytes.LittleEndian(values));
        }

        return new RunStart(state.Epoch, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>What claims about other architectures ask of the logits of a network that generalizes: that they are cosines of a few frequencies.</summary>
internal static class FewCosines
{
    private static readonly Statistic Contrast = new("spectral contrast", AtLeast: 5);
    private static readonly Statistic Count = new("number of key frequencies", AtLeast: 2, AtMost: 8);
    private static readonly Statistic LogitFve = new("logit FVE of the key frequencies", AtLeast: 0.7, AtMost: 1);

    public static IReadOnlyList<Statistic> Statistics { get; } = [Contrast, Count, LogitFve];

    /// <returns>A finding of each statistic, in their order.</returns>
    public static IEnumerable<Finding> Of(TrialOutcome outcome)
    {
        const string noKeys = "no key frequencies";
        yield return Contrast.Of(outcome.SpectralContrast);
        yield return Count.Of(outcome.KeyFrequencies.Count > 0 ? outcome.KeyFrequencies.Count : null, noKeys);
        yield return LogitFve.Of(outcome.LogitFve, noKeys);
    }
}

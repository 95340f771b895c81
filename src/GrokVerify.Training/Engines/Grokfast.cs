namespace GrokVerify.Engines;

/// <summary>Grokfast with an exponential moving average (Lee et al., arXiv 2405.20233, algorithm 2): AdamW has a gradient whose slow part is amplified.</summary>
/// <remarks>mu = alpha mu + (1 - alpha) g; g' = g + lambda mu. The first mu is the first gradient, as in their code.</remarks>
public sealed record Grokfast
{
    /// <summary>How much of mu a step keeps, from 0 to below 1.</summary>
    public required double Alpha { get; init; }

    /// <summary>How much of mu is added, above 0 and at most 100.</summary>
    public required double Lambda { get; init; }
}

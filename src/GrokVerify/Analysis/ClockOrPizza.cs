namespace GrokVerify.Analysis;

/// <summary>Which of two algorithms a network uses: a clock multiplies the circles of a and b, a pizza adds them and takes the absolute value.</summary>
/// <remarks>
/// Source: arXiv 2306.17844 (Zhong et al.), whose rule for a pizza is a gradient symmetricity above 0.98 and a distance irrelevance below 0.6. Of their released one-layer networks with circular embeddings
/// 363 have a symmetricity below 0.9, and 358 of these an irrelevance above 0.4: that is the rule for a clock here.
/// </remarks>
internal static class ClockOrPizza
{
    /// <returns>"clock", "pizza", or null with the reason.</returns>
    public static (string? Word, string? Absence) Of(double? distanceIrrelevance, double? gradientSymmetricity, string? notGrokked) => (distanceIrrelevance, gradientSymmetricity) switch
    {
        _ when notGrokked is not null => (null, notGrokked),
        (null, _) or (_, null) => (null, "distance irrelevance and gradient symmetricity tell it"),
        (< 0.6, > 0.98) => ("pizza", null),
        (> 0.4, < 0.9) => ("clock", null),
        _ => (null, "neither a clock nor a pizza by distance irrelevance and gradient symmetricity"),
    };
}

namespace GrokVerify.Claims;

/// <summary>Every claim, in the order of the paper.</summary>
public static class ClaimCatalog
{
    public static IReadOnlyList<RunClaim> All { get; } =
    [
        new GeneralizationAfterMemorization(),
        new KeyFrequencySparsity(),
        new AblationEffects(),
        new ExcludedLossRise(),
    ];
}

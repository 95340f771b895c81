namespace GrokVerify.Claims;

/// <summary>Every claim, in the order of the paper.</summary>
public static class ClaimCatalog
{
    /// <summary>Claims that one run, or one network, can answer.</summary>
    public static IReadOnlyList<RunClaim> OfOneRun { get; } =
    [
        new GeneralizationAfterMemorization(),
        new TestLossPeak(),
        new KeyFrequencySparsity(),
        new EmbeddingHarmonics(),
        new NeuronLogitMapRank(),
        new NeuronPurity(),
        new AttentionToEquals(),
        new AblationEffects(),
        new RemovalDamage(),
        new MlpNullSpace(),
        new NeuronsAsPolynomials(),
        new AttentionAsSinusoids(),
        new LogitsAsCosines(),
        new ClosedFormNetwork(),
        new ThreePhases(),
        new RestrictedLossAhead(),
        new ExcludedLossRise(),
        new EarlyCircuitFormation(),
        new WeightNormRiseAndFall(),
        new WeightBalance(),
    ];

    /// <summary>Claims about several seeds of one setting.</summary>
    public static IReadOnlyList<SeedsClaim> OfSeeds { get; } = [new KeyFrequenciesDifferBySeed()];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. OfOneRun, .. OfSeeds];
}

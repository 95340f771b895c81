using GrokVerify.Claims.Questions;
using GrokVerify.Judging;

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
        new KeyFrequenciesInEveryPart(),
        new EmbeddingHarmonics(),
        new NeuronLogitMapRank(),
        new NeuronPurity(),
        new AttentionToEquals(),
        new AblationEffects(),
        new MlpNullSpace(),
        new NeuronsAsPolynomials(),
        new AttentionAsSinusoids(),
        new LogitsAsCosines(),
        new ClosedFormNetwork(),
        new ThreePhases(),
        new RestrictedLossAhead(),
        new ExcludedLossRise(),
        new EarlyCircuitFormation(),
        new ForecastOfTheJump(),
        new WeightNormRiseAndFall(),
        new WeightNormAtTheJump(),
        new WeightBalance(),
    ];

    /// <summary>Claims about several seeds of one setting.</summary>
    internal static IReadOnlyList<SeedsClaim> OfSeeds { get; } = [new KeyFrequenciesDifferBySeed(), new SeedBySeed(), new FigureSeven(), new RemovalDamage(), new PeakInLossAlone()];

    /// <summary>Claims about families of runs that differ in one setting, at the scale that takes minutes.</summary>
    internal static IReadOnlyList<SweepClaim> OfSweeps { get; } = SweepsAt(SweepScale.Small, seed: 0);

    /// <summary>Claims about networks of other architectures.</summary>
    internal static IReadOnlyList<ArchitectureClaim> OfArchitectures { get; } = [new AttentionAloneGeneralizes(), new FourHeadsNeedTheMlp(), new TwoLayersGeneralize()];

    /// <summary>Answers to the questions that the paper leaves open.</summary>
    internal static IReadOnlyList<QuestionClaim> OfQuestions { get; } = [new PairsToForget(), new DipInWidth(), new WidthToGrok(), new WinningTicket(), new SoonerThanTunedAdamW(), new FormFromWeights(), new StudentOfLogits(), new ProvenAccuracy()];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. OfOneRun, .. OfSeeds, .. OfSweeps, .. OfArchitectures, .. OfQuestions];

    /// <summary>The claims of <see cref="OfSweeps"/> at another scale, or for another seed.</summary>
    /// <param name="scale">How large.</param>
    /// <param name="seed">Seeds every run.</param>
    internal static IReadOnlyList<SweepClaim> SweepsAt(SweepScale scale, long seed) =>
    [
        new TimeAgainstTrainFraction(scale, seed),
        new TimeAgainstWeightDecay(scale, seed),
        new GeneralizationAcrossPrimes(scale, seed),
        new SpikesOfLowPrecision(scale, seed),
        new GeneralizationAtConstantNorm(),
        new Ungrokking(scale, seed),
        new CriticalNumberOfPairs(scale, seed),
        WeightDecayDrivesCleanup.At(scale),
    ];
}

using GrokVerify.Ablations;
using GrokVerify.Engines;

namespace GrokVerify.Cli.Reproduction;

/// <summary>
/// What the paper reports of its mainline network: p = 113, 30% of the pairs, weight decay 1, one seed, 40,000 epochs.
/// "Figure 7" marks numbers read off the authors' figure, good to two digits.
/// </summary>
internal static class PublishedMainline
{
    private const string Figure = "figure 7, epoch 39,000";
    private const string Released = "measured on the authors' released network of weight decay 0.1";

    public const string KeyFrequencies = "14, 35, 41, 42, 52 (section 4.1)";

    /// <summary>From one phase's begin to its end.</summary>
    public static PublishedValue Memorization { get; } = new("0 to 1,400", "section 5.2, and figure 7 by the same rule");

    public static PublishedValue CircuitFormation { get; } = new("1,400 to 7,850", "figure 7 by the same rule; section 5.2, by eye, has 9,400");

    public static PublishedValue Cleanup { get; } = new("7,850 to 14,150", "figure 7 by the same rule; section 5.2, by eye, has 9,400 to 14,000");

    public static PublishedValue KeyFrequencyCount { get; } = new("5", "section 4.1");

    public static PublishedValue LossAll { get; } = new("2.41e-7", "section 4.4");

    public static PublishedValue LossTrain { get; } = new("1.0e-7", Figure);

    public static PublishedValue LossTest { get; } = new("3.0e-7", Figure);

    public static PublishedValue RestrictedLoss { get; } = new("5.54e-8", "section 4.4 and figure 7");

    /// <summary>Of all frequencies: their figure takes out every one, not the key frequencies alone.</summary>
    public static PublishedValue ExcludedLoss { get; } = new("6.0", Figure);

    public static PublishedValue SumSquaredWeights { get; } = new("955", Figure);

    public static PublishedValue LogitFve { get; } = new("0.95", "section 4.2");

    public static PublishedValue NeuronLogitMapResidual { get; } = new("< 0.0055", "section 4.2");

    public static PublishedValue PureNeurons { get; } = new("433 of 512", "section 4.3, authors' notebook");

    public static PublishedValue SpectralContrast { get; } = new("184", Released);

    public static PublishedValue GiniEmbedding { get; } = new("0.527", Released);

    public static PublishedValue GiniNeuronLogitMap { get; } = new("0.750", Released);

    /// <summary>Loss on all pairs after an intervention.</summary>
    public static IReadOnlyDictionary<Ablation, PublishedValue> Ablations { get; } = new Dictionary<Ablation, PublishedValue>
    {
        [Ablation.KeyFrequenciesOnly] = new("5.54e-8", "section 4.4"),
        [Ablation.KeyBlocksOnly] = new("7.24e-8", "section 4.4"),
        [Ablation.LogitsAsCosines] = new("4.7e-8", "section 4.2, test pairs"),
        [Ablation.MlpKeyDirectionsOnly] = new("1.19e-7", "section 4.4"),
        [Ablation.MlpKeyDirectionsRemoved] = new("5.27", "section 4.4"),
        [Ablation.NeuronsAsPolynomials] = new("2.48e-7", "section 4.4"),
        [Ablation.AttentionTrigonometric] = new("2.12e-7", "appendix C.1.3"),
        [Ablation.AttentionToEqualsZero] = new("harmless", "appendix A.1"),
        [Ablation.AttentionToEqualsMean] = new("harmless", "appendix A.1"),
        [Ablation.AllHeadsZero] = new("24.3", "appendix A.1"),
        [Ablation.AttentionSkipZero] = new("19.1", "appendix A.1"),
        [Ablation.QueryAndAttentionSkipZero] = new("19.1", "appendix A.1, if the query goes too"),
        [Ablation.MlpSkipZero] = new("9.12e-7", "appendix A.1"),
        [Ablation.MlpSkipMean] = new("7.25e-7", "appendix A.1"),
    };

    /// <summary>True for the paper's setting, whatever the seed: only then are its numbers comparable.</summary>
    public static bool IsSettingOf(TrainingConfig config) => config == new TrainingConfig { Seed = config.Seed, LossForm = config.LossForm };
}

using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Tasks;

namespace GrokVerify.Networks;

/// <summary>What a configuration says of a network's training, by the names that the authors' released code, TransformerLens and others have for it, and ours.</summary>
internal static class ConfigFacts
{
    public const string StepsKey = "steps";
    public const string TrainLossKey = "train_loss";
    public const string TestLossKey = "test_loss";
    public const string FractionKey = "frac_train";
    public const string SeedKey = "seed";
    public const string ShuffleKey = "split";
    public const string LearningRateKey = "lr";
    public const string WeightDecayKey = "weight_decay";
    public const string Beta1Key = "beta1";
    public const string Beta2Key = "beta2";
    public const string EpsilonKey = "eps";

    /// <summary>By the code of arXiv 2306.17844.</summary>
    public const string AttentionRateKey = "attn_coeff";

    /// <summary>By the paper's own word; others mean the share of the constant by it.</summary>
    public const string OtherAttentionRateKey = "attention_rate";

    /// <summary>Our own <see cref="TrainingConfig"/> as JSON.</summary>
    public const string OwnConfigKey = "grokverify_config";

    /// <summary>What no configuration has but that of TransformerLens: there "seed" is of the weights.</summary>
    private static readonly string[] OfTransformerLens = ["init_weights", "init_mode", "initializer_range", "n_params", "default_prepend_bos"];

    public static NetworkFacts Of(FileConfig config)
    {
        double? fraction = config.Number(FractionKey, "train_fraction", "train_frac", "fraction", "training_fraction", "frac", "train_ratio") is double share and > 0 and < 1 ? share : null;
        long? seed = config.Whole("data_seed", "split_seed") ?? SplitSeed(config);
        return new NetworkFacts
        {
            Epoch = config.Whole(StepsKey) is long steps and >= 0 ? steps : null,
            TrainFraction = seed is null ? null : fraction,
            Seed = fraction is null ? null : seed,
            Shuffle = PairShuffles.Of(config.Text(ShuffleKey)),
            LearningRate = config.Number(LearningRateKey, "learning_rate"),
            WeightDecay = config.Number(WeightDecayKey, "wd"),
            Beta1 = config.Number(Beta1Key),
            Beta2 = config.Number(Beta2Key),
            Epsilon = config.Number(EpsilonKey),
            AttentionRate = config.Number(AttentionRateKey, OtherAttentionRateKey),
            TrainLoss = config.Number(TrainLossKey),
            TestLoss = config.Number(TestLossKey),
        };
    }

    /// <summary>How many heads the configuration says there are.</summary>
    public static int? Heads(FileConfig config) => config.Whole("num_heads", "n_heads", "n_head", "nhead", "heads") is long heads and > 0 and <= 1024 ? (int)heads : null;

    /// <summary>How an attention rate is understood whose name has two meanings; null where there is none.</summary>
    public static string? OddAttentionRate(FileConfig config) => config.Number(AttentionRateKey) is null && config.Number(OtherAttentionRateKey) is double rate
        ? string.Create(CultureInfo.InvariantCulture, $"{OtherAttentionRateKey} = {rate} of its configuration is taken for the share of the softmax (arXiv 2306.17844), some mean the rest by it; --attention-rate says otherwise")
        : null;

    private static long? SplitSeed(FileConfig config) => config.Find(SeedKey)
        .Where(seed => !config.Settings.Any(other => other.Place == seed.Place && other.Section == seed.Section && OfTransformerLens.Contains(other.Key)))
        .Select(seed => seed.Value as long?).FirstOrDefault(value => value is not null);
}

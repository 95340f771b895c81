using System.Text.Json.Serialization;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Engines;

/// <summary>
/// Everything that decides the outcome of a run, except the engine. The defaults are the paper's mainline
/// (arXiv 2301.05217 section 3; betas and warm-up from the authors' released code).
/// </summary>
public sealed record TrainingConfig
{
    public TransformerConfig Model { get; init; } = new();

    /// <summary>Share of all pairs that is trained on.</summary>
    public double TrainFraction { get; init; } = 0.3;

    /// <summary>Seeds the split (as CPython's random.seed) and the initial weights.</summary>
    public long Seed { get; init; }

    public LabelRule LabelRule { get; init; } = LabelRule.Sum;

    /// <summary>
    /// Share of the train pairs that have a wrong label, drawn uniformly among the p - 1 others: the first of the split, rounded to whole pairs. Null for none.
    /// The label noise of Nakkiran et al. (arXiv 1912.02292, section 4), drawn once.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WrongLabels
    {
        get;
        init => field = value == 0 ? null : value;
    }

    /// <summary>
    /// Whether each train pair (a, b) is trained on as (b, a), too, which has the same sum: the pairs of the train half with these, each once; the test half is what remains.
    /// The data augmentation for commutative operations of Park et al. (arXiv 2405.16658).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SwappedPairs { get; init; }

    /// <summary>AdamW's learning rate after warm-up.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decoupled weight decay, the paper's lambda: theta *= 1 - learning rate * weight decay, before the update.</summary>
    public double WeightDecay { get; init; } = 1.0;

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.98;

    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Steps of linear warm-up: the learning rate of step t (from 0) is lr * min(t / warm-up, 1).</summary>
    public int WarmUpSteps { get; init; } = 10;

    /// <summary>How the cross-entropy is computed; "loss_precision" in files of runs.</summary>
    [JsonPropertyName("loss_precision")]
    public LossForm LossForm { get; init; } = LossForm.Log1p;

    /// <summary>What all initial weights are multiplied by, the alpha of Omnigrok (Liu et al. 2022, arXiv 2210.01117); null for 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? InitialScale
    {
        get;

        // Both name the same run, which has to have one key.
        init => field = value == 1 ? null : value;
    }

    /// <summary>
    /// Rescale the vector of all weights after every step to the norm of the configuration's initial weights: Omnigrok's training at constant norm.
    /// A run that starts from an imported network is taken to that same norm.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ConstantNorm { get; init; }

    /// <summary>Another weight decay for some frequencies of W_E and W_U; null for none. Not together with <see cref="ConstantNorm"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FrequencyDecay? FrequencyDecay { get; init; }

    /// <summary>
    /// Whether the network chooses among the p numbers alone, as those of others may: "=" is no class then, and its column of W_U is zero and stays so. The paper's chooses among p + 1.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EqualsIsNoClass { get; init; }

    /// <summary>
    /// Whether a weight that is zero stays zero, whatever its gradient and moments: a pruned network trained on, as a lottery ticket is (Frankle and Carbin, arXiv 1803.03635, section 1; of grokked
    /// networks Minegishi et al., arXiv 2310.19470). Not biases, which begin at zero. A weight that a step happens to take to exactly zero stays there, too, so that no mask has to be
    /// kept. Not together with <see cref="FrequencyDecay"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepZeros { get; init; }

    /// <summary>Amplifies the slow part of the gradient; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Grokfast? Grokfast { get; init; }

    /// <summary>
    /// Whether AdamW has only the part of each tensor's gradient that is perpendicular to the tensor, at the length of the whole: g' = g - (w g / w w) w, then g' |g| / |g'|. The perpendicular
    /// gradient of Prieto et al. (arXiv 2501.04697), with the length as their code has it. Not together with <see cref="Grokfast"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PerpendicularGradient { get; init; }

    /// <summary>What is trained on in place of labels; null for labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Teacher? Teacher { get; init; }

    /// <summary>What the loss is over: p + 1 classes, or p.</summary>
    internal int Classes => EqualsIsNoClass ? Model.Prime : Model.VocabularySize;

    /// <summary>The learning rate of step <paramref name="step"/>, counted from 0: the first step has 0.</summary>
    public double LearningRateAt(long step) =>
        WarmUpSteps == 0 ? LearningRate : LearningRate * Math.Min((double)step / WarmUpSteps, 1);

    public ModularTask CreateTask()
    {
        var task = new ModularTask(Model.Prime, LabelRule, Seed, Classes);
        ReadOnlySpan<int> train = WrongLabels is null ? [] : CreateSplit().Train;
        return WrongLabels is double share ? task.WithWrongLabels(train[..(int)Math.Round(share * train.Length)], Seed) : task;
    }

    public PairSplit CreateSplit()
    {
        var split = new PairSplit(Model.Prime, TrainFraction, Seed);
        return SwappedPairs ? split.WithSwappedPairs(Model.Prime) : split;
    }

    /// <exception cref="ArgumentException">Says which number is wrong, and what to give instead.</exception>
    public void Validate()
    {
        Model.Validate();
        PairSplit.RequireFraction(Model.Prime, TrainFraction);
        _ = SwappedPairs ? CreateSplit() : null;
        Require(WrongLabels is null or (> 0 and <= 1), "share of wrong labels", WrongLabels ?? 0, "a number from 0 to 1");
        Require(LearningRate is > 0 and <= 1, "learning rate", LearningRate, "a number in (0, 1]");
        Require(WeightDecay is >= 0 and <= 1000, "weight decay", WeightDecay, "a number from 0 to 1000");
        Require(Beta1 is >= 0 and < 1, "beta1", Beta1, "a number in [0, 1)");
        Require(Beta2 is >= 0 and < 1, "beta2", Beta2, "a number in [0, 1)");
        Require(Epsilon is > 0 and <= 1, "epsilon", Epsilon, "a number in (0, 1]");
        Require(InitialScale is null or (>= 0.01 and <= 100), "initial scale", InitialScale ?? 1, "a number from 0.01 to 100");
        if (FrequencyDecay is not null)
        {
            FrequencyDecay.Validate(Model.Prime);
            Require(FrequencyDecay.WeightDecay is >= 0 and <= 1000, "weight decay at some frequencies", FrequencyDecay.WeightDecay, "a number from 0 to 1000");
            RequireOne("a weight decay of some frequencies", "a constant norm", ConstantNorm);
            RequireOne("a weight decay of some frequencies", "zeros that stay", KeepZeros);
        }

        if (Grokfast is not null)
        {
            RequireOne("Grokfast", "a perpendicular gradient", PerpendicularGradient);
            Require(Grokfast.Alpha is >= 0 and < 1, "Grokfast's alpha", Grokfast.Alpha, "a number in [0, 1)");
            Require(Grokfast.Lambda is > 0 and <= 100, "Grokfast's lambda", Grokfast.Lambda, "a number in (0, 100]");
        }

        Teacher?.Validate(this);
        Require(WarmUpSteps is >= 0 and <= 1_000_000, "warm-up steps", WarmUpSteps, "a number from 0 to 1,000,000");
    }

    private static void RequireOne(string given, string other, bool isGivenToo)
    {
        if (isGivenToo)
        {
            throw new ArgumentException($"{given} and {other} exclude each other: give one of them");
        }
    }

    private static void Require(bool holds, string name, double value, string instead)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} = {value} is out of range: give {instead}"));
        }
    }
}

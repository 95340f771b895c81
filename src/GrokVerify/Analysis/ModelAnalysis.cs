using System.Text.Json.Serialization;
using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Analysis;

/// <summary>
/// Everything that is said of one network: losses, key frequencies, progress measures, ablations. Judged by its own key set.
/// The members are those of <c>analyze --json</c>; what is absent is null, and <see cref="Reasons"/> says why under the member's JSON name.
/// </summary>
/// <remarks>
/// Losses in nats. Those of the network itself (all, train, test) run over the classes it was trained on (p + 1, or p where its unembedding has no "="); restricted and excluded losses and ablations
/// over the p classes without "=", on all pairs unless the name says train. Sources: see <see cref="ProgressMeasures"/> and <see cref="Ablation"/>.
/// </remarks>
public sealed record ModelAnalysis
{
    /// <summary>The modulus p.</summary>
    [JsonPropertyName("p")]
    public required int Prime { get; init; }

    public double? TrainFraction { get; init; }

    public long? Seed { get; init; }

    /// <summary>How the pairs were shuffled: "python" or "torch".</summary>
    public string? Split { get; init; }

    public long? Epoch { get; init; }

    /// <summary>Whether the network solves the task: an accuracy of 0.99 on all pairs.</summary>
    public bool Grokked => NotGrokked is null;

    /// <summary>That it does not, in words; null where it does.</summary>
    [JsonIgnore]
    internal string? NotGrokked { get; init; }

    /// <summary>On all pairs, 0..1.</summary>
    public required double Accuracy { get; init; }

    public required double LossAll { get; init; }

    public double? LossTrain { get; init; }

    public double? LossTest { get; init; }

    /// <summary>K, ascending.</summary>
    public IReadOnlyList<int>? KeyFrequencies { get; init; }

    /// <summary>alpha_k of the key frequencies, in that order.</summary>
    public IReadOnlyList<double>? Alpha { get; init; }

    public required double SpectralContrast { get; init; }

    public double? LogitFve { get; init; }

    public double? RestrictedLoss { get; init; }

    public double? RestrictedAccuracy { get; init; }

    public double? ExcludedLossTrain { get; init; }

    /// <summary>On the train pairs, with all (p-1)/2 frequencies taken out: the excluded loss of the paper's figure 7.</summary>
    public double? ExcludedLossAllFrequenciesTrain { get; init; }

    /// <summary>On the train pairs, by the key frequency taken out.</summary>
    public IReadOnlyDictionary<int, double>? ExcludedLossByFrequency { get; init; }

    public required double GiniEmbedding { get; init; }

    public double? GiniNeuronLogitMap { get; init; }

    [JsonPropertyName("neurons_above_085")]
    public int? NeuronsAbove085 { get; init; }

    public int? NeuronCount { get; init; }

    public required double SumSquaredWeights { get; init; }

    /// <summary>0 where the logit of the right answer depends on a - b alone, as in a "pizza", 1 where it depends on a + b alone. Source: arXiv 2306.17844.</summary>
    public double? DistanceIrrelevance { get; init; }

    /// <summary>Mean cosine of the gradients of a logit by the embeddings of a and b, -1..1; 1 for a "pizza". Source: arXiv 2306.17844.</summary>
    public double? GradientSymmetricity { get; init; }

    /// <summary>"clock" or "pizza", as these two measures tell; null where they tell neither. Source: arXiv 2306.17844.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Loss and accuracy of every intervention; in JSON by its name.</summary>
    public required IReadOnlyDictionary<Ablation, LossAndAccuracy> Ablations { get; init; }

    /// <summary>What a reader has to know of the file that the network came from; empty for nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why a member is null, by its JSON name; empty when none is.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    /// <summary>Analyses a network.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="task">The labels it is judged by; of the same modulus.</param>
    /// <param name="split">The halves; null when unknown, and then train and test measures are absent.</param>
    /// <param name="epoch">The network's epoch; null when unknown.</param>
    /// <exception cref="ArgumentException">The moduli differ, or a weight is NaN or infinite.</exception>
    public static ModelAnalysis Analyze(TransformerWeights weights, ModularTask task, PairSplit? split, long? epoch = null) =>
        Analyze(new NetworkSpectra(weights, task), split, epoch);

    /// <summary>Analyses a network whose spectra are at hand.</summary>
    /// <param name="network">The network and its task.</param>
    /// <param name="split">The halves; null when unknown.</param>
    /// <param name="epoch">The network's epoch; null when unknown.</param>
    /// <param name="splitHint">What may help to find the halves; added to the reasons for what is absent without them.</param>
    internal static ModelAnalysis Analyze(NetworkSpectra network, PairSplit? split, long? epoch = null, string? splitHint = null)
    {
        KeyFrequencies keys = network.KeyFrequencies;
        ProgressMeasures measures = ProgressMeasures.Measure(network, keys, split);
        double? distanceIrrelevance = Measures.DistanceIrrelevance.Of(network.Task, network.Logits.Values);
        double? gradientSymmetricity = network.Weights.Config.Layers == 1 ? Measures.GradientSymmetricity.Of(network) : null;
        string? notGrokked = Unsolved.Words(measures);
        (string? Word, string? Absence) algorithm = ClockOrPizza.Of(distanceIrrelevance, gradientSymmetricity, notGrokked);
        return new ModelAnalysis
        {
            Prime = network.Task.Prime,
            TrainFraction = split?.TrainFraction,
            Seed = split?.Seed,
            Split = split?.Shuffle?.Word(),
            Epoch = epoch,
            NotGrokked = notGrokked,
            Accuracy = measures.All.Accuracy,
            LossAll = measures.All.Loss,
            LossTrain = measures.Train?.Loss,
            LossTest = measures.Test?.Loss,
            KeyFrequencies = keys.Exist ? keys.Frequencies : null,
            Alpha = keys.Exist ? [.. keys.Frequencies.Select(k => network.Alpha[k])] : null,
            SpectralContrast = measures.SpectralContrast,
            LogitFve = measures.LogitFve,
            RestrictedLoss = measures.Restricted?.Loss,
            RestrictedAccuracy = measures.Restricted?.Accuracy,
            ExcludedLossTrain = measures.ExcludedTrain?.Loss,
            ExcludedLossAllFrequenciesTrain = measures.ExcludedAllFrequenciesTrain?.Loss,
            ExcludedLossByFrequency = measures.ExcludedTrainByFrequency?.ToDictionary(entry => entry.Key, entry => entry.Value.Loss),
            GiniEmbedding = measures.GiniEmbedding,
            GiniNeuronLogitMap = measures.GiniNeuronLogitMap,
            NeuronsAbove085 = measures.PureNeurons,
            NeuronCount = measures.NeuronCount,
            SumSquaredWeights = measures.SumSquaredWeights,
            DistanceIrrelevance = distanceIrrelevance,
            GradientSymmetricity = gradientSymmetricity,
            Algorithm = algorithm.Word,
            Ablations = AblationTable.Evaluate(network, measures),
            Reasons = FindReasons(network, measures, split, epoch, splitHint, distanceIrrelevance, gradientSymmetricity, algorithm.Absence),
        };
    }

    private static SortedDictionary<string, string> FindReasons(
        NetworkSpectra network, ProgressMeasures measures, PairSplit? split, long? epoch, string? splitHint, double? distanceIrrelevance, double? gradientSymmetricity, string? noAlgorithm)
    {
        var reasons = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (epoch is null)
        {
            reasons["epoch"] = "the weights come without an epoch";
        }

        if (split is { Seed: null })
        {
            reasons["seed"] = reasons["split"] = "the halves are known pair by pair";
        }

        if (distanceIrrelevance is null)
        {
            reasons["distance_irrelevance"] = "the logits of the right answers are all equal";
        }

        if (gradientSymmetricity is null)
        {
            reasons["gradient_symmetricity"] = network.Weights.Config.Layers == 1 ? "no logit changes with the embeddings" : network.AttentionAbsence!;
        }

        if (noAlgorithm is not null)
        {
            reasons["algorithm"] = noAlgorithm;
        }

        foreach (string name in measures.SplitAbsence is null ? [] : NeedSplit)
        {
            reasons[name] = splitHint is null ? measures.SplitAbsence! : $"{measures.SplitAbsence}; {splitHint}";
        }

        foreach (string name in measures.KeyFrequenciesAbsence is null ? [] : NeedKeyFrequencies)
        {
            reasons[name] = measures.KeyFrequenciesAbsence!;
        }

        foreach (string name in network.AttentionAbsence is null ? [] : AblationTable.NeedAttention.Select(ablation => $"ablations.{ablation.Name}"))
        {
            reasons[name] = network.AttentionAbsence!;
        }

        foreach (string name in network.NeuronAbsence is null ? [] : NeedNeurons)
        {
            reasons[name] = network.NeuronAbsence!;
        }

        return reasons;
    }

    private static readonly string[] NeedSplit =
        ["train_fraction", "seed", "split", "loss_train", "loss_test", "excluded_loss_train", "excluded_loss_all_frequencies_train", "excluded_loss_by_frequency"];

    private static readonly string[] NeedNeurons =
        ["gini_neuron_logit_map", "neurons_above_085", "neuron_count", .. AblationTable.NeedNeurons.Select(ablation => $"ablations.{ablation.Name}")];

    private static readonly string[] NeedKeyFrequencies =
    [
        "key_frequencies", "alpha", "logit_fve", "restricted_loss", "restricted_accuracy", "excluded_loss_train", "excluded_loss_by_frequency",
        .. AblationTable.NeedKeyFrequencies.Select(ablation => $"ablations.{ablation.Name}"),
    ];
}

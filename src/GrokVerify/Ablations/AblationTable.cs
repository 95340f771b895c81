using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;

namespace GrokVerify.Ablations;

/// <summary>Every intervention on one network: loss over p classes and accuracy on all pairs.</summary>
/// <remarks>Source: arXiv 2301.05217 sections 4.2, 4.4 and appendices A.1, C.1.3.</remarks>
internal static class AblationTable
{
    /// <summary>The interventions that are left out without a key set; beside them those of single frequencies.</summary>
    public static IReadOnlyList<Ablation> NeedKeyFrequencies { get; } =
    [
        Ablation.KeyFrequenciesRemoved, Ablation.KeyFrequenciesOnly, Ablation.KeyBlocksOnly, Ablation.LogitsAsCosines, Ablation.MlpKeyDirectionsOnly, Ablation.MlpKeyDirectionsRemoved,
        Ablation.AttentionTrigonometricInKeys, Ablation.ClosedForm, Ablation.ClosedFormAtRandom,
    ];

    /// <summary>Those that are left out where the network has no MLP, or several layers.</summary>
    public static IReadOnlyList<Ablation> NeedNeurons { get; } =
    [
        Ablation.MlpKeyDirectionsOnly, Ablation.MlpKeyDirectionsRemoved, Ablation.ClosedForm, Ablation.ClosedFormAtRandom, Ablation.NeuronsAsPolynomials, Ablation.PureNeuronsMean, Ablation.MlpSkipZero, Ablation.MlpSkipMean,
    ];

    /// <summary>Those that are left out where the network has several layers; beside them those of single heads.</summary>
    public static IReadOnlyList<Ablation> NeedAttention { get; } =
    [
        Ablation.AttentionTrigonometricInKeys, Ablation.AttentionTrigonometric, Ablation.AttentionToEqualsZero, Ablation.AttentionToEqualsMean, Ablation.AllHeadsZero, Ablation.AllHeadsMean,
        Ablation.QueryZero, Ablation.AttentionSkipZero, Ablation.QueryAndAttentionSkipZero, Ablation.AttentionSkipMean,
    ];

    /// <summary>Runs all interventions on parts that the network has.</summary>
    /// <param name="network">The network.</param>
    /// <param name="measures">Its measures: they hold the key set, and what restricted and excluded loss are. Without a key set the interventions that need it are left out.</param>
    public static IReadOnlyDictionary<Ablation, LossAndAccuracy> Evaluate(NetworkSpectra network, ProgressMeasures measures)
    {
        var table = new OrderedDictionary<Ablation, LossAndAccuracy>();
        if (measures.KeyFrequencies.Exist)
        {
            AddThoseOfKeyFrequencies(table, network, measures);
        }

        if (network.NeuronAbsence is null)
        {
            table.Add(Ablation.NeuronsAsPolynomials, NeuronAblations.Polynomials(network));
            table.Add(Ablation.PureNeuronsMean, NeuronAblations.PureMean(network));
        }

        if (network.AttentionAbsence is null)
        {
            table.Add(Ablation.AttentionTrigonometric, AttentionAblations.Trigonometric(network));
            table.Add(Ablation.AttentionToEqualsZero, AttentionAblations.EqualsZero(network));
            table.Add(Ablation.AttentionToEqualsMean, AttentionAblations.EqualsMean(network));
            AddHeads(table, network);
            table.Add(Ablation.QueryZero, AttentionAblations.QueryZero(network));
            table.Add(Ablation.AttentionSkipZero, SkipAblations.AttentionSkipZero(network));
            table.Add(Ablation.QueryAndAttentionSkipZero, SkipAblations.QueryAndAttentionSkipZero(network));
            table.Add(Ablation.AttentionSkipMean, SkipAblations.AttentionSkipMean(network));
        }

        if (network.NeuronAbsence is null)
        {
            table.Add(Ablation.MlpSkipZero, SkipAblations.MlpSkipZero(network));
            table.Add(Ablation.MlpSkipMean, SkipAblations.MlpSkipMean(network));
        }

        return table;
    }

    private static void AddThoseOfKeyFrequencies(OrderedDictionary<Ablation, LossAndAccuracy> table, NetworkSpectra network, ProgressMeasures measures)
    {
        IReadOnlyList<int> keys = measures.KeyFrequencies.Frequencies;
        table.Add(Ablation.KeyFrequenciesRemoved, measures.Excluded!.Value);
        table.Add(Ablation.KeyFrequenciesOnly, measures.Restricted!.Value);
        foreach (int k in keys)
        {
            table.Add(Ablation.FrequencyRemoved(k), measures.ExcludedByFrequency![k]);
        }

        table.Add(Ablation.KeyBlocksOnly, LogitAblations.KeyBlocksOnly(network.Logits, keys));
        table.Add(Ablation.LogitsAsCosines, LogitAblations.Cosines(network.Logits, keys));
        if (network.NeuronAbsence is null)
        {
            (LossAndAccuracy only, LossAndAccuracy removed) = NeuronAblations.KeyDirections(network, keys);
            table.Add(Ablation.MlpKeyDirectionsOnly, only);
            table.Add(Ablation.MlpKeyDirectionsRemoved, removed);
        }

        if (network.AttentionAbsence is null)
        {
            table.Add(Ablation.AttentionTrigonometricInKeys, AttentionAblations.TrigonometricInKeys(network, keys));
        }

        if (network.NeuronAbsence is null)
        {
            table.Add(Ablation.ClosedForm, ClosedForm.Of(network, keys));
            table.Add(Ablation.ClosedFormAtRandom, ClosedForm.AtRandom(network, keys));
        }
    }

    private static void AddHeads(OrderedDictionary<Ablation, LossAndAccuracy> table, NetworkSpectra network)
    {
        for (int head = 0; head < network.Weights.Config.Heads; head++)
        {
            table.Add(Ablation.HeadZero(head), AttentionAblations.HeadZero(network, head));
            table.Add(Ablation.HeadMean(head), AttentionAblations.HeadMean(network, head));
        }

        table.Add(Ablation.AllHeadsZero, AttentionAblations.AllHeadsZero(network));
        table.Add(Ablation.AllHeadsMean, AttentionAblations.AllHeadsMean(network));
    }
}

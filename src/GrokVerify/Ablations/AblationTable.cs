using GrokVerify.Engines;
using GrokVerify.Fourier;

namespace GrokVerify.Ablations;

/// <summary>Every intervention on one network, by name: loss over p classes and accuracy on all pairs.</summary>
/// <remarks>Source: arXiv 2301.05217 sections 4.2, 4.4 and appendices A.1, C.1.3.</remarks>
public static class AblationTable
{
    /// <summary>The interventions that are left out without a key set; those of single frequencies have no name then.</summary>
    public static IReadOnlyList<string> NeedKeyFrequencies { get; } =
        ["key_frequencies_removed", "key_frequencies_only", "key_blocks_only", "logits_as_cosines", "mlp_key_directions_only", "mlp_key_directions_removed",
        "attention_trigonometric_keys", "closed_form"];

    /// <summary>Those that are left out where the network has no MLP, or several layers.</summary>
    public static IReadOnlyList<string> NeedNeurons { get; } =
        ["mlp_key_directions_only", "mlp_key_directions_removed", "closed_form", "neurons_as_polynomials", "mlp_skip_zero", "mlp_skip_mean"];

    /// <summary>Those that are left out where the network has several layers; those of single heads have no name then.</summary>
    public static IReadOnlyList<string> NeedAttention { get; } =
        ["attention_trigonometric_keys", "attention_trigonometric", "attention_to_equals_zero", "attention_to_equals_mean",
        "all_heads_zero", "all_heads_mean", "attention_skip_zero", "attention_skip_mean"];

    /// <summary>Runs all interventions. Names are fit for JSON; a head or a frequency stands in its name.</summary>
    /// <param name="network">The network.</param>
    /// <param name="keys">The key set; without one the interventions that need it are left out.</param>
    /// <returns>In order; without those on parts that the network does not have.</returns>
    public static IReadOnlyDictionary<string, LossAndAccuracy> Evaluate(NetworkSpectra network, KeyFrequencies keys)
    {
        var table = new OrderedDictionary<string, LossAndAccuracy>();
        bool hasAttention = network.AttentionAbsence is null;
        bool hasNeurons = network.NeuronAbsence is null;
        if (keys.Exist)
        {
            foreach ((string name, LossAndAccuracy result) in LogitAblations.Of(network.Logits, keys.Frequencies))
            {
                table.Add(name, result);
            }

            if (hasNeurons)
            {
                (LossAndAccuracy only, LossAndAccuracy removed) = NeuronAblations.KeyDirections(network, keys.Frequencies);
                table.Add("mlp_key_directions_only", only);
                table.Add("mlp_key_directions_removed", removed);
            }

            if (hasAttention)
            {
                table.Add("attention_trigonometric_keys", AttentionAblations.TrigonometricInKeys(network, keys.Frequencies));
            }

            if (hasNeurons)
            {
                table.Add("closed_form", ClosedForm.Of(network, keys.Frequencies));
            }
        }

        if (hasNeurons)
        {
            table.Add("neurons_as_polynomials", NeuronAblations.Polynomials(network));
        }

        if (hasAttention)
        {
            AddAttention(table, network);
        }

        if (hasNeurons)
        {
            table.Add("mlp_skip_zero", SkipAblations.MlpSkipZero(network));
            table.Add("mlp_skip_mean", SkipAblations.MlpSkipMean(network));
        }

        return table;
    }

    private static void AddAttention(OrderedDictionary<string, LossAndAccuracy> table, NetworkSpectra network)
    {
        table.Add("attention_trigonometric", AttentionAblations.Trigonometric(network));
        table.Add("attention_to_equals_zero", AttentionAblations.EqualsZero(network));
        table.Add("attention_to_equals_mean", AttentionAblations.EqualsMean(network));
        AddHeads(table, network);
        table.Add("attention_skip_zero", SkipAblations.AttentionSkipZero(network));
        table.Add("attention_skip_mean", SkipAblations.AttentionSkipMean(network));
    }

    private static void AddHeads(OrderedDictionary<string, LossAndAccuracy> table, NetworkSpectra network)
    {
        for (int head = 0; head < network.Weights.Config.Heads; head++)
        {
            table.Add(FormattableString.Invariant($"head_{head}_zero"), AttentionAblations.HeadZero(network, head));
            table.Add(FormattableString.Invariant($"head_{head}_mean"), AttentionAblations.HeadMean(network, head));
        }

        table.Add("all_heads_zero", AttentionAblations.AllHeadsZero(network));
        table.Add("all_heads_mean", AttentionAblations.AllHeadsMean(network));
    }
}

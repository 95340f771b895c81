using GrokVerify.Fourier;
using GrokVerify.Training;

namespace GrokVerify.Ablations;

/// <summary>Every intervention on one network, by name: loss over p classes and accuracy on all pairs.</summary>
/// <remarks>Source: arXiv 2301.05217 sections 4.2, 4.4 and appendices A.1, C.1.3.</remarks>
public static class AblationTable
{
    /// <summary>Runs all interventions. Names are fit for JSON; a head or a frequency stands in its name.</summary>
    /// <param name="network">The network.</param>
    /// <param name="keys">The key set; without one the interventions that need it are left out.</param>
    public static IReadOnlyDictionary<string, LossAndAccuracy> Of(NetworkSpectra network, KeyFrequencies keys)
    {
        var table = new OrderedDictionary<string, LossAndAccuracy>();
        if (keys.Exist)
        {
            foreach ((string name, LossAndAccuracy result) in LogitAblations.Of(network, keys.Frequencies))
            {
                table.Add(name, result);
            }

            table.Add("mlp_key_directions_only", NeuronAblations.OnKeyDirections(network, keys.Frequencies));
            table.Add("mlp_key_directions_removed", NeuronAblations.OffKeyDirections(network, keys.Frequencies));
        }

        table.Add("neurons_as_polynomials", NeuronAblations.Polynomials(network));
        table.Add("attention_trigonometric", AttentionAblations.Trigonometric(network));
        table.Add("attention_to_equals_zero", AttentionAblations.EqualsZero(network));
        table.Add("attention_to_equals_mean", AttentionAblations.EqualsMean(network));
        AddHeads(table, network);
        table.Add("attention_skip_zero", SkipAblations.AttentionSkipZero(network));
        table.Add("attention_skip_mean", SkipAblations.AttentionSkipMean(network));
        table.Add("mlp_skip_zero", SkipAblations.MlpSkipZero(network));
        table.Add("mlp_skip_mean", SkipAblations.MlpSkipMean(network));
        return table;
    }

    private static void AddHeads(OrderedDictionary<string, LossAndAccuracy> table, NetworkSpectra network)
    {
        int[] all = [.. Enumerable.Range(0, network.Weights.Config.Heads)];
        foreach (int head in all)
        {
            table.Add(FormattableString.Invariant($"head_{head}_zero"), AttentionAblations.HeadsZero(network, [head]));
            table.Add(FormattableString.Invariant($"head_{head}_mean"), AttentionAblations.HeadsMean(network, [head]));
        }

        table.Add("all_heads_zero", AttentionAblations.HeadsZero(network, all));
        table.Add("all_heads_mean", AttentionAblations.HeadsMean(network, all));
    }
}

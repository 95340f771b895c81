namespace GrokVerify.Ablations;

/// <summary>
/// An intervention on a network: a part of it is taken out ("zero", "removed"), kept alone ("only"), set to its mean over all pairs ("mean"), or replaced by what it is said to compute.
/// Equal where the names are.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 sections 4.2, 4.4 and appendices A.1, C.1.3.</remarks>
public sealed record Ablation
{
    private Ablation(string name) => Name = name;

    /// <summary>What it is called in JSON, CSV and tables: words with underscores between.</summary>
    public string Name { get; }

    /// <summary>The logits without the sum directions of the key frequencies: excluded loss, on all pairs.</summary>
    public static Ablation KeyFrequenciesRemoved { get; } = new("key_frequencies_removed");

    /// <summary>Of the logits those directions and the mean: restricted loss, on all pairs.</summary>
    public static Ablation KeyFrequenciesOnly { get; } = new("key_frequencies_only");

    /// <summary>Of the logits the mean and all products of 1, cos, sin in a and b of a key frequency.</summary>
    public static Ablation KeyBlocksOnly { get; } = new("key_blocks_only");

    /// <summary>The logits become the sum over K of alpha_k cos(w_k(a+b-c)).</summary>
    public static Ablation LogitsAsCosines { get; } = new("logits_as_cosines");

    /// <summary>Of the neurons the directions that W_L reads cos(w_k c) and sin(w_k c) from, k in K.</summary>
    public static Ablation MlpKeyDirectionsOnly { get; } = new("mlp_key_directions_only");

    /// <summary>The neurons without those directions.</summary>
    public static Ablation MlpKeyDirectionsRemoved { get; } = new("mlp_key_directions_removed");

    /// <summary>Each head's attention becomes its best fit by the waves of a and of b of all key frequencies.</summary>
    public static Ablation AttentionTrigonometricInKeys { get; } = new("attention_trigonometric_keys");

    /// <summary>The network becomes the waves of its neurons alone.</summary>
    public static Ablation ClosedForm { get; } = new("closed_form");

    /// <summary>As <see cref="ClosedForm"/>, with amplitudes and phases drawn at random.</summary>
    public static Ablation ClosedFormAtRandom { get; } = new("closed_form_at_random");

    /// <summary>Each neuron of FVE above 0.85 becomes its best trigonometric polynomial of degree 2.</summary>
    public static Ablation NeuronsAsPolynomials { get; } = new("neurons_as_polynomials");

    /// <summary>The same neurons become their means: what the polynomials have to make good.</summary>
    public static Ablation PureNeuronsMean { get; } = new("pure_neurons_mean");

    /// <summary>Each head's attention becomes its best fit by the waves of a and of b of the head's own frequency.</summary>
    public static Ablation AttentionTrigonometric { get; } = new("attention_trigonometric");

    /// <summary>No head attends to "=".</summary>
    public static Ablation AttentionToEqualsZero { get; } = new("attention_to_equals_zero");

    public static Ablation AttentionToEqualsMean { get; } = new("attention_to_equals_mean");

    public static Ablation AllHeadsZero { get; } = new("all_heads_zero");

    public static Ablation AllHeadsMean { get; } = new("all_heads_mean");

    /// <summary>"=" asks nothing: its query is zero, and every head attends alike to a, b and "=".</summary>
    public static Ablation QueryZero { get; } = new("query_zero");

    /// <summary>The residual connection around attention; the query keeps what "=" brings.</summary>
    public static Ablation AttentionSkipZero { get; } = new("attention_skip_zero");

    /// <summary>Both: "=" neither asks nor is passed on.</summary>
    public static Ablation QueryAndAttentionSkipZero { get; } = new("query_and_attention_skip_zero");

    public static Ablation AttentionSkipMean { get; } = new("attention_skip_mean");

    /// <summary>The residual connection around the MLP.</summary>
    public static Ablation MlpSkipZero { get; } = new("mlp_skip_zero");

    public static Ablation MlpSkipMean { get; } = new("mlp_skip_mean");

    /// <summary>As <see cref="KeyFrequenciesRemoved"/>, of one key frequency.</summary>
    public static Ablation FrequencyRemoved(int frequency) => new(FormattableString.Invariant($"frequency_{frequency}_removed"));

    /// <param name="head">From 0 up.</param>
    public static Ablation HeadZero(int head) => new(FormattableString.Invariant($"head_{head}_zero"));

    /// <param name="head">From 0 up.</param>
    public static Ablation HeadMean(int head) => new(FormattableString.Invariant($"head_{head}_mean"));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

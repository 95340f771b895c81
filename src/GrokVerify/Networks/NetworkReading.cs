namespace GrokVerify.Networks;

/// <summary>What a user says of a network's file that the file itself does not.</summary>
internal sealed record NetworkReading
{
    /// <summary>Whether the user says anything.</summary>
    public bool IsGiven => this is not { Name: null, Map: null, AttentionRate: null };

    /// <summary>Which network of several; null for the only one, or that under "model".</summary>
    public string? Name { get; init; }

    /// <summary>Which tensor is which; null where names and shapes say it.</summary>
    public TensorMap? Map { get; init; }

    /// <summary>The share of the softmax in the attention weights, 0..1 (arXiv 2306.17844); null for the configuration's, and 1 where it has none.</summary>
    public double? AttentionRate { get; init; }
}

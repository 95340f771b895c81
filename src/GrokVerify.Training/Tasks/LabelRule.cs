namespace GrokVerify.Tasks;

/// <summary>What a network is asked to learn.</summary>
public enum LabelRule
{
    /// <summary>c = (a + b) mod p, the paper's task.</summary>
    Sum,

    /// <summary>
    /// The labels of <see cref="Sum"/>, randomly permuted over all pairs: the same label frequencies without a rule.
    /// A network can only memorize them, so every claim about generalization has to fail on it.
    /// </summary>
    Shuffled,
}

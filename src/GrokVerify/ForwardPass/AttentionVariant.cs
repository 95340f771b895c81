using System.Globalization;

namespace GrokVerify.ForwardPass;

/// <summary>In what a network's attention departs from the paper's. Only read and analysed: nothing here trains such a network.</summary>
internal sealed record AttentionVariant
{
    /// <summary>Three tokens, read at "="; attention weights as the softmax gives them.</summary>
    public static AttentionVariant None { get; } = new();

    /// <summary>Whether there is no "=": the network reads a and b, and its answer is read off at b.</summary>
    public bool IsOfTwoTokens { get; init; }

    /// <summary>
    /// The attention rate, alpha of arXiv 2306.17844: weights are alpha times those of the softmax plus 1 - alpha, the same for every token. 1 is the paper's attention, 0 the uniform one.
    /// </summary>
    public double Rate { get; init; } = 1;

    /// <summary>How many tokens are attended to.</summary>
    public int Tokens => IsOfTwoTokens ? 2 : 3;

    /// <summary>What does not let the paper's statements on attention be made; null where nothing does.</summary>
    public string? Words =>
        IsOfTwoTokens ? "the network reads two tokens, and has no \"=\" that attends to them"
        : Rate != 1 ? string.Create(CultureInfo.InvariantCulture, $"the network's attention is blended with a constant one (rate {Rate})")
        : null;
}

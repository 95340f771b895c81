namespace GrokVerify.Networks;

/// <summary>The tensor by which a network is found among others: its embedding, as our layout or that of the others names it, after any prefix.</summary>
internal static class EmbeddingName
{
    public const string OfOthers = "embed.W_E";
    public const string Ours = "W_E";

    /// <summary>What stands before the embedding's name, such as "module."; null for another name.</summary>
    public static string? Prefix(string name) => Before(name, OfOthers) ?? Before(name, Ours);

    private static string? Before(string name, string embedding) =>
        name == embedding || name.EndsWith("." + embedding, StringComparison.Ordinal) ? name[..^embedding.Length] : null;
}

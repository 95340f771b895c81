namespace GrokVerify.Architectures;

/// <summary>Architectures as they are written in tables.</summary>
public static class ArchitectureNames
{
    private static readonly (Architecture Architecture, string Name)[] Names =
    [
        (Architecture.OneLayer, "one-layer"),
        (Architecture.AttentionOnly, "attention-only"),
        (Architecture.TwoLayers, "two-layers"),
        (Architecture.TwoLayersAttentionOnly, "two-layers-attention-only"),
    ];

    public static string Of(Architecture architecture) => Names.Single(pair => pair.Architecture == architecture).Name;

    /// <exception cref="FormatException">No architecture has that name.</exception>
    public static Architecture Parse(string name)
    {
        foreach ((Architecture architecture, string known) in Names)
        {
            if (known == name)
            {
                return architecture;
            }
        }

        throw new FormatException($"unknown architecture {name}: give one of {string.Join(", ", Names.Select(pair => pair.Name))}");
    }
}

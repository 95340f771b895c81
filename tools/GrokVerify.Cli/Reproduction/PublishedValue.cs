namespace GrokVerify.Cli.Reproduction;

/// <summary>A number of the paper.</summary>
/// <param name="Value">As it is printed there.</param>
/// <param name="Source">Where: a section of arXiv 2301.05217 unless it says otherwise.</param>
internal sealed record PublishedValue(string Value, string Source)
{
    public static PublishedValue None { get; } = new("-", "");
}

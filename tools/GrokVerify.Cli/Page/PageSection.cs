using System.Xml.Linq;

namespace GrokVerify.Cli.Page;

/// <summary>A part of the page under a heading.</summary>
/// <param name="Id">Where links point to.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Lead">What the reader has to know to look at it; null for nothing.</param>
internal sealed record PageSection(string Id, string Title, string? Lead = null)
{
    /// <summary>Each as a figure with its text and its data.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>What stands above the charts.</summary>
    public IReadOnlyList<XElement> Content { get; init; } = [];

    /// <summary>Shows one chart at a time, which the reader chooses by its title.</summary>
    public bool IsChoice { get; init; }

    /// <summary>Puts the slider over the checkpoints on top.</summary>
    public bool HasSlider { get; init; }
}

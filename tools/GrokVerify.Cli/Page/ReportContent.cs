namespace GrokVerify.Cli.Page;

/// <summary>Everything that the page says.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="Verdict">In one sentence.</param>
/// <param name="IsGood">Whether every claim that was judged holds.</param>
/// <param name="Sections">In their order.</param>
internal sealed record ReportContent(string Title, string Verdict, bool IsGood, IReadOnlyList<PageSection> Sections)
{
    /// <summary>What the slider says at each of its checkpoints, in their order.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    /// <summary>The phases to shade; none where there is no run.</summary>
    public IReadOnlyList<PhaseBand> Phases { get; init; } = [];
}

/// <summary>A phase as the charts shade it.</summary>
/// <param name="Name">As the paper calls it.</param>
/// <param name="Colour">Of the shade.</param>
/// <param name="Begin">First epoch.</param>
/// <param name="End">Last epoch.</param>
internal sealed record PhaseBand(string Name, Colour Colour, long Begin, long End);

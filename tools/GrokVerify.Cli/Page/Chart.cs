using System.Text.Json.Serialization;

namespace GrokVerify.Cli.Page;

/// <summary>How a trace is drawn.</summary>
internal enum TraceKind
{
    Line,
    Points,
    Bars,

    /// <summary>One point for each token, coloured by the token.</summary>
    Tokens,

    /// <summary>A colour for each cell of a grid.</summary>
    Heat,
}

/// <summary>Colours that the colour-blind can tell apart; page.css has their values in light and in dark.</summary>
internal enum Colour
{
    Blue,
    Vermilion,
    Green,
    Purple,
    Orange,
    Sky,
    Grey,
}

/// <summary>An axis of a chart.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="IsLogarithmic">At first; the reader may choose otherwise where <paramref name="CanSwitch"/> is true.</param>
/// <param name="CanSwitch">Whether the reader may change between linear and logarithmic.</param>
internal sealed record Axis(string Title, bool IsLogarithmic = false, bool CanSwitch = false);

/// <summary>A chart of the page, as page.js draws it and writes it as CSV.</summary>
/// <param name="Id">Of the HTML element and the CSV file: lower case with hyphens.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Text">What it shows, in words, for those who do not see it.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Traces">What is drawn.</param>
internal sealed record Chart(string Id, string Title, [property: JsonIgnore] string Text, Axis X, Axis Y, IReadOnlyList<Trace> Traces)
{
    /// <summary>Shades the run's phases.</summary>
    public bool ShowsPhases { get; init; }

    /// <summary>One unit is as long on both axes.</summary>
    public bool IsSquare { get; init; }

    /// <summary>The range of a heat map's colours; null for that of the grid at hand.</summary>
    public IReadOnlyList<double>? Range { get; init; }
}

/// <summary>Something drawn in a chart. What changes from checkpoint to checkpoint has frames in place of values, one for each checkpoint of the slider.</summary>
/// <param name="Name">In the legend and in the CSV.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Colour">Of lines, points and bars.</param>
internal sealed record Trace(string Name, TraceKind Kind, Colour Colour = Colour.Blue)
{
    private const int ColourCount = (int)Colour.Grey + 1;

    public IReadOnlyList<double>? X { get; init; }

    /// <summary>Null where there is no value: a gap.</summary>
    public IReadOnlyList<double?>? Y { get; init; }

    public IReadOnlyList<IReadOnlyList<double>>? XFrames { get; init; }

    public IReadOnlyList<IReadOnlyList<double>>? YFrames { get; init; }

    public IReadOnlyList<PackedGrid>? Grids { get; init; }

    /// <summary>The x of bars that stand out: key frequencies.</summary>
    public IReadOnlyList<int>? Marked { get; init; }

    /// <summary>What a point is called.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public bool IsDashed { get; init; }

    public static Trace Line(string name, Colour colour, IEnumerable<(double X, double? Y)> points) => Of(name, TraceKind.Line, colour, points);

    public static Trace Of(string name, TraceKind kind, Colour colour, IEnumerable<(double X, double? Y)> points)
    {
        (double X, double? Y)[] all = [.. points];
        return new Trace(name, kind, colour) { X = [.. all.Select(point => point.X)], Y = [.. all.Select(point => point.Y is double y && double.IsFinite(y) ? point.Y : null)] };
    }

    /// <summary>Lines of one chart, told apart by colour, and by dashes where colours run out.</summary>
    public static IReadOnlyList<Trace> Lines(IEnumerable<(string Name, IEnumerable<(double X, double? Y)> Points)> lines) =>
        [.. lines.Select((line, i) => Line(line.Name, (Colour)(i % ColourCount), line.Points) with { IsDashed = i >= ColourCount })];
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using System.Xml.Linq;
using GrokVerify.Formats;

namespace GrokVerify.Cli.Page;

/// <summary>The report as one HTML file that needs nothing else: no network, no other file.</summary>
/// <remarks>
/// plotly.js draws the charts. It comes out of a NuGet package (Plotly.Blazor), so that a build needs no Node.js. That has a small bundle for curves and bars, with which the page opens in half of the time, and the whole,
/// with heat maps among much else, which follows when the page can be read. (A bundle of just what is needed comes through npm alone.)
/// They and the data lie in the page gzipped, in base64, and the browser unpacks them.
/// </remarks>
internal static class ReportPage
{
    public const string Name = "report.html";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ShortNumber() },
    };

    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(ReportContent content, string file) => AtomicFile.Write(file, Encoding.UTF8.GetBytes(Html(content)));

    internal static string Html(ReportContent content)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment }))
        {
            Document(content).WriteTo(writer);
        }

        return text.ToString();
    }

    private static XElement Document(ReportContent content) => new(
        "html",
        new XAttribute("lang", "en"),
        new XElement(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
            // No icon: a browser would ask a server for one.
            new XElement("link", new XAttribute("rel", "icon"), new XAttribute("href", "data:,")),
            new XElement("title", $"GrokVerify: {content.Title}"),
            new XElement("style", Raw(PageFiles.Text("page.css")))),
        new XElement("body", Body(content)));

    private static IEnumerable<object> Body(ReportContent content)
    {
        yield return new XElement(
            "header",
            new XElement("p", new XAttribute("class", "what"), "GrokVerify: ", new XElement("a", new XAttribute("href", "https://arxiv.org/abs/2301.05217"), "Progress measures for grokking via mechanistic interpretability"), ", verified"),
            new XElement("h1", content.Title),
            new XElement("p", new XAttribute("id", "verdict-sentence"), new XAttribute("class", content.IsGood ? "good" : "mixed"), content.Verdict),
            new XElement("nav", new XAttribute("aria-label", "Sections"), content.Sections.Select(section => new XElement("a", new XAttribute("href", $"#{section.Id}"), section.Title))),
            new XElement("noscript", new XElement("p", "The charts need JavaScript; the tables do not.")));
        yield return new XElement("main", content.Sections.Select(section => Section(section, content)));
        yield return Packed("plotly-basic", PageFiles.CopyTo("plotly-basic.js"));
        yield return Packed("data", packed => JsonSerializer.Serialize(
            packed, new { content.Checkpoints, content.Phases, Charts = content.Sections.SelectMany(section => section.Charts).ToDictionary(chart => chart.Id) }, Json));
        if (content.Sections.SelectMany(section => section.Charts).Any(chart => chart.Traces.Any(trace => trace.Kind == TraceKind.Heat)))
        {
            yield return Packed("plotly", PageFiles.CopyTo("plotly.js"));
        }

        yield return new XElement("script", Raw(PageFiles.Text("page.js")));
    }

    private static XElement Section(PageSection section, ReportContent content) => new(
        "section",
        new XAttribute("id", section.Id),
        new XElement("h2", section.Title),
        section.Lead is null ? null : new XElement("p", section.Lead),
        section.Charts.Any(chart => chart.ShowsPhases) && content.Phases.Count > 0 ? PhaseLegend(content.Phases) : null,
        section.HasSlider ? Slider(content.Checkpoints) : null,
        section.Content,
        section.IsChoice && section.Charts.Count > 0 ? Choice(section) : null,
        section.Charts.Count == 0 ? null : new XElement("div", new XAttribute("class", "charts"), section.IsChoice ? Figure(section.Charts[0], isChosen: true) : section.Charts.Select(chart => Figure(chart))));

    private static XElement PhaseLegend(IReadOnlyList<PhaseBand> phases) => new(
        "ul",
        new XAttribute("class", "phases"),
        phases.Select(phase => new XElement(
            "li",
            new XElement("span", new XAttribute("class", "swatch"), new XAttribute("style", $"background: var(--{Word(phase.Colour)})"), ""),
            string.Create(CultureInfo.InvariantCulture, $"{phase.Name}: epoch {phase.Begin:N0} to {phase.End:N0}"))));

    private static XElement Slider(IReadOnlyList<string> checkpoints) => new(
        "div",
        new XAttribute("class", "slider"),
        new XElement("label", new XAttribute("for", "checkpoint"), "Checkpoint"),
        new XElement(
            "input",
            new XAttribute("type", "range"), new XAttribute("id", "checkpoint"), new XAttribute("min", "0"), new XAttribute("max", checkpoints.Count - 1), new XAttribute("value", checkpoints.Count - 1),
            new XAttribute("aria-valuetext", checkpoints[^1])),
        new XElement("button", new XAttribute("type", "button"), new XAttribute("id", "play"), "Play"),
        new XElement("output", new XAttribute("id", "checkpoint-text"), new XAttribute("for", "checkpoint"), checkpoints[^1]));

    private static XElement Choice(PageSection section) => new(
        "p",
        new XAttribute("class", "controls"),
        new XElement("label", "Statistic ", new XElement("select", new XAttribute("id", "choice"), section.Charts.Select(chart => new XElement("option", new XAttribute("value", chart.Id), new XAttribute("data-text", chart.Text), chart.Title)))));

    private static XElement Figure(Chart chart, bool isChosen = false) => new(
        "figure",
        new XAttribute("id", isChosen ? "chosen" : chart.Id),
        new XAttribute("data-chart", chart.Id),
        new XAttribute("class", isChosen ? "whole" : chart.IsSquare ? "third square" : chart.Traces.Any(trace => trace.Kind == TraceKind.Bars) ? "third" : "half"),
        new XElement("h3", new XAttribute("id", $"{(isChosen ? "chosen" : chart.Id)}-title"), chart.Title),
        new XElement("div", new XAttribute("class", "chart"), new XAttribute("role", "img"), new XAttribute("aria-labelledby", $"{(isChosen ? "chosen" : chart.Id)}-title"), new XAttribute("aria-describedby", $"{(isChosen ? "chosen" : chart.Id)}-text"), new XAttribute("style", $"--legend: {(chart.Traces.Count == 1 ? 0 : chart.Traces.Count)}"), ""),
        new XElement("figcaption", new XElement("span", new XAttribute("id", $"{(isChosen ? "chosen" : chart.Id)}-text"), chart.Text), " ",
            new XElement(
                "span",
                new XAttribute("class", "tools"),
                chart.X.CanSwitch ? Switch("x", chart.X) : null,
                chart.Y.CanSwitch ? Switch("y", chart.Y) : null,
                new XElement("button", new XAttribute("type", "button"), new XAttribute("class", "csv"), "data as CSV"))));

    private static XElement Switch(string axis, Axis of) => new(
        "label", new XElement("input", new XAttribute("type", "checkbox"), new XAttribute("data-axis", axis), of.IsLogarithmic ? new XAttribute("checked", "") : null), $"log {axis}");

    /// <summary>Style and script are no XML: nothing in them is escaped.</summary>
    private static RawText Raw(string text) => new(text);

    private static XElement Packed(string id, Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            write(gzip);
        }

        return new XElement("script", new XAttribute("type", "application/gzip"), new XAttribute("id", id), Convert.ToBase64String(packed.ToArray()));
    }

    private static string Word(Colour colour) => JsonNamingPolicy.CamelCase.ConvertName(colour.ToString());

    private sealed class RawText(string text) : XText(text)
    {
        public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
    }

    /// <summary>Seven digits: more than a chart shows. With all of them the numbers lie in the run.</summary>
    private sealed class ShortNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture));
    }
}

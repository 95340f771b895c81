using GrokVerify.Cli.Page;
using Microsoft.Playwright;

namespace GrokVerify.ReportTests;

/// <summary>The pictures of README and docs/report.md, out of the report of the paper's network, and those of docs/questions.md, which every report of a run has.</summary>
[Explicit("writes docs/images: dotnet test tests/GrokVerify.ReportTests --filter TestCategory=Picture")]
[Category("Picture")]
public class PictureTests
{
    private const string ThatChartAlone =
        """
        header, h2, .tools, figcaption, section:not(#training), #training > p, figure:not(#restricted-and-excluded-loss) { display: none !important; }
        figure { grid-column: span 12 !important; }
        .chart { height: 27rem !important; }
        """;

    private static IEnumerable<string> Questions => QuestionSection.Answered.Select(question => question.Id);

    private static readonly Lazy<string> Mainline = new(() => Reports.Make("pictured.html"));

    [Test]
    public async Task Of_the_readme()
    {
        await using ReportWindow window = await Browser.Open(Mainline.Value, width: 1000, density: 2);
        await window.Page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = ThatChartAlone });
        await window.Trace("restricted-and-excluded-loss");
        await window.Page.EvaluateAsync(
            """
            async () => {
              const chart = document.querySelector('#restricted-and-excluded-loss .chart');
              await Plotly.Plots.resize(chart);
              await Plotly.relayout(chart, { 'legend.y': -.22 });
            }
            """);

        await window.Page.Locator("#training").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(Reports.Repository, "docs", "images", "grokking.png") });
    }

    [TestCaseSource(nameof(Questions))]
    public async Task Of_a_question(string id)
    {
        await using ReportWindow window = await Browser.Open(Reports.OfTheSmallRun, width: 1000, density: 2);
        await window.Page.AddStyleTagAsync(new PageAddStyleTagOptions { Content = ".tools, figcaption { display: none !important; } #questions figure { grid-column: span 12 !important; }" });
        await window.Trace(id);

        await window.Page.Locator($"#{id}").ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(Reports.Repository, "docs", "images", $"question-{id}.png") });
    }

    [TestCase("report-light", 1440, false, "header")]
    [TestCase("report-dark", 1440, true, "#inside")]
    [TestCase("report-phone", 390, false, "#inside")]
    public async Task Of_the_report(string name, int width, bool isDark, string place)
    {
        await using ReportWindow window = await Browser.Open(Mainline.Value, width, isDark);
        await window.ReadAll();
        await window.Page.EvalOnSelectorAsync(place, "part => part.scrollIntoView()");
        await window.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

        await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Reports.Repository, "docs", "images", $"{name}.png") });
    }
}

using Microsoft.Playwright;

namespace GrokVerify.ReportTests;

/// <summary>The picture of the README, out of the report of the paper's network.</summary>
[Explicit("writes docs/images/grokking.png: dotnet test tests/GrokVerify.ReportTests --filter TestCategory=Picture")]
[Category("Picture")]
public class PictureTests
{
    private const string ThatChartAlone =
        """
        header, h2, .tools, figcaption, section:not(#training), #training > p, figure:not(#restricted-and-excluded-loss) { display: none !important; }
        figure { grid-column: span 12 !important; }
        .chart { height: 27rem !important; }
        """;

    [Test]
    public async Task Of_the_readme()
    {
        await using ReportWindow window = await Browser.Open(Reports.Make("mainline.html"), width: 1000, density: 2);
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
}

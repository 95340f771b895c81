namespace GrokVerify.ReportTests;

/// <summary>What holds of every report, on a phone and on a screen, in light and in dark.</summary>
[Category("Browser")]
public class EveryReportTests
{
    private const int Megabyte = 1 << 20;

    private ReportWindow _window = null!;

    [OneTimeSetUp]
    public async Task Open() => _window = await Browser.Open(Reports.OfTheSmallRun);

    [OneTimeTearDown]
    public async Task Close() => await (_window?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task It_opens_without_an_error_and_asks_nobody_for_anything([Values(390, 1440)] int width, [Values] bool isDark)
    {
        await using ReportWindow window = await Browser.Open(Reports.OfTheSmallRun, width, isDark);

        await window.ReadAll();

        window.Problems.Should().BeEmpty();
        window.Requests.Should().BeEmpty();
        (await window.Page.Locator("figure").CountAsync()).Should().BeGreaterThan(15);
        (await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "nobody wants to scroll sideways");
    }

    [Test]
    public async Task It_is_dark_where_the_reader_wants_it_dark()
    {
        await using ReportWindow dark = await Browser.Open(Reports.OfTheSmallRun, isDark: true);

        (await Brightness(_window)).Should().BeGreaterThan(200);
        (await Brightness(dark)).Should().BeLessThan(60);
    }

    [Test]
    public async Task Every_chart_says_in_words_what_it_shows_and_has_a_name()
    {
        string[] unsaid = await _window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.chart')].filter(chart =>
              chart.getAttribute('role') !== 'img'
              || document.getElementById(chart.getAttribute('aria-labelledby')).textContent.length < 4
              || document.getElementById(chart.getAttribute('aria-describedby')).textContent.length < 40).map(chart => chart.parentElement.id)
            """);

        unsaid.Should().BeEmpty();
    }

    [Test]
    public async Task Every_control_has_a_name_and_is_reached_by_the_keyboard()
    {
        string[] nameless = await _window.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('main button, main input, main select')]
              .filter(control => control.tabIndex < 0 || !(control.textContent.trim() || control.getAttribute('aria-label') || control.labels?.[0]?.textContent.trim()))
              .map(control => control.outerHTML)
            """);

        nameless.Should().BeEmpty();
    }

    [Test]
    public async Task On_paper_every_chart_is_there_and_no_control()
    {
        byte[] paper = await _window.Page.PdfAsync();

        paper.Length.Should().BeGreaterThan(50_000);
        (await _window.Page.Locator("figure .chart:not(:has(svg.main-svg))").CountAsync()).Should().Be(0, "what was not in sight is drawn before it is printed");
        await _window.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        (await _window.Page.Locator("#checkpoint").IsVisibleAsync()).Should().BeFalse();
        await _window.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Screen });
    }

    [Test]
    public async Task The_papers_network_has_a_page_below_8_MB()
    {
        if (!Directory.Exists(Reports.Store) || !new Runs.RunStore(Reports.Store).List().Any(run => run.Config == new Engines.TrainingConfig() && run.Status == Runs.RunStatus.Complete))
        {
            Assert.Ignore($"{Reports.Store} has no finished run of the paper's network: the claim tests and `reproduce` make one");
        }

        string file = Reports.Make("mainline.html");

        new FileInfo(file).Length.Should().BeLessThan(8 * Megabyte);
        await using ReportWindow window = await Browser.Open(file);
        await TestContext.Out.WriteLineAsync($"{new FileInfo(file).Length / (double)Megabyte:0.0} MB, open after {window.TimeToOpen.TotalSeconds:0.0} s");
        await window.ReadAll();
        window.Problems.Should().BeEmpty();
        (await window.Page.Locator("#losses .chart").EvaluateAsync<string[]>("chart => chart.data.map(trace => trace.name)")).Should().Contain(name => name.StartsWith("test loss, paper's figure 7"));
        (await window.Page.Locator("#verdict-sentence").TextContentAsync()).Should().Contain("key frequencies");
    }

    private static Task<int> Brightness(ReportWindow window) =>
        window.Page.EvaluateAsync<int>("() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
}

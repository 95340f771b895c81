using System.Text.Json;
using CsvHelper;
using Microsoft.Playwright;

namespace GrokVerify.ReportTests;

/// <summary>A report in a window of the browser, and what went wrong in it.</summary>
internal sealed class ReportWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private ReportWindow(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page's program.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>What the page asked of anything but itself.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>From the moment that the page is asked for until its charts in sight are drawn.</summary>
    public TimeSpan TimeToOpen { get; private set; }

    public static async Task<ReportWindow> Open(IBrowserContext context, string file)
    {
        var window = new ReportWindow(context, await context.NewPageAsync());
        string address = new Uri(file).AbsoluteUri;
        window.Page.Console += (_, message) => window.Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        window.Page.PageError += (_, error) => window.Note(true, error);
        window.Page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                window.Requests.Add(request.Url);
            }
        };
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        await window.Page.GotoAsync(address);
        await window.Page.WaitForFunctionAsync("() => document.documentElement.dataset.ready === 'true'");
        window.TimeToOpen = System.Diagnostics.Stopwatch.GetElapsedTime(begin);
        return window;
    }

    /// <summary>Scrolls through the whole page and waits until every chart is drawn, as each is once it was in sight.</summary>
    public async Task ReadAll()
    {
        int height = await Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        for (int y = 0; y < height; y += 600)
        {
            await Page.EvaluateAsync("y => scrollTo({ top: y, behavior: 'instant' })", y);
            await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        }

        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure .chart')].every(chart => chart.querySelector('svg.main-svg'))");
        await Page.EvaluateAsync("() => scrollTo(0, 0)");
    }

    /// <summary>Waits until a chart shows the checkpoint of the slider, and returns its first trace as plotly.js has it.</summary>
    public async Task<JsonElement> Trace(string chart)
    {
        await Page.EvalOnSelectorAsync($"#{chart}", "figure => figure.scrollIntoView({ block: 'center' })");
        await Page.WaitForFunctionAsync("id => document.getElementById(id).dataset.shows === (document.getElementById('checkpoint')?.value ?? '-1')", chart);
        string text = await Page.EvaluateAsync<string>(
            "id => JSON.stringify(document.querySelector(`#${id} .chart`).data[0], (_, value) => ArrayBuffer.isView(value) ? [...value] : value)", chart);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>What the link "data as CSV" of a chart gives, a row for each point, without its head.</summary>
    public async Task<IReadOnlyList<string[]>> Csv(string chart)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => Page.Locator($"#{chart} .csv").ClickAsync());
        download.SuggestedFilename.Should().EndWith(".csv");
        using var text = new StreamReader(await download.CreateReadStreamAsync());
        using CsvReader reader = CsvReader.FromText(await text.ReadToEndAsync(), new CsvReaderOptions { HasHeader = false });
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.Current.ToArray());
        }

        return rows[1..];
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Note(bool isProblem, string problem)
    {
        if (isProblem)
        {
            Problems.Add(problem);
        }
    }
}

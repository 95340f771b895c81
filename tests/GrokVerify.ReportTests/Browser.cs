using Microsoft.Playwright;

namespace GrokVerify.ReportTests;

/// <summary>A Chromium of this machine, started once without a window.</summary>
[SetUpFixture]
internal sealed class Browser
{
    private const string Variable = "GROKVERIFY_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome.exe", "msedge.exe"];

    private static readonly string[] OtherFolders = ["/Applications/Google Chrome.app/Contents/MacOS", @"C:\Program Files\Google\Chrome\Application", @"C:\Program Files (x86)\Microsoft\Edge\Application"];

    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>A window onto a file; the test is skipped where there is no browser.</summary>
    /// <param name="file">The page.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="isDark">Whether the reader's system asks for dark colours.</param>
    /// <param name="density">Dots for each pixel.</param>
    public static async Task<ReportWindow> Open(string file, int width = 1440, bool isDark = false, float density = 1)
    {
        if (_browser is null)
        {
            Assert.Ignore($"no Chromium on this machine: install one (Debian: apt-get install chromium), or name its program in {Variable}");
        }

        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
            DeviceScaleFactor = density,
        });
        return await ReportWindow.Open(context, file);
    }

    [OneTimeSetUp]
    public async Task Start()
    {
        if (Program() is not string program)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
    }

    private static string? Program() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(OtherFolders)
            .SelectMany(folder => Names.Append("Google Chrome").Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}

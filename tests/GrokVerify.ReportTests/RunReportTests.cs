using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Cli.Page;
using GrokVerify.Judging;
using GrokVerify.Loop;
using Microsoft.Playwright;

namespace GrokVerify.ReportTests;

/// <summary>The report of a run: its slider, its claims, its numbers.</summary>
[Category("Browser")]
public class RunReportTests
{
    private ReportWindow _window = null!;

    [OneTimeSetUp]
    public async Task Open() => _window = await Browser.Open(Reports.OfTheSmallRun);

    [OneTimeTearDown]
    public async Task Close() => await (_window?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SetUp]
    public async Task AsItOpened()
    {
        await _window.Page.Locator("#checkpoint").PressAsync("End");
        await _window.Page.Locator("#filter").FillAsync("");
        await _window.Page.Locator("#verdict").SelectOptionAsync("");
    }

    [Test]
    public async Task The_slider_moves_spectra_circles_and_heat_maps()
    {
        (string Chart, string Part)[] moving =
            [("embedding-spectrum", "y"), ("neuron-logit-map-spectrum", "y"), ("alpha-spectrum", "y"), ("circle-1", "x"), ("attention-0", "z"), ("logit-spectrum", "z")];
        Dictionary<string, string> last = await Now();

        await _window.Page.Locator("#checkpoint").PressAsync("Home");
        await Assertions.Expect(_window.Page.Locator("#checkpoint-text")).ToContainTextAsync("epoch 250");
        foreach ((string chart, string values) in await Now())
        {
            values.Should().NotBe(last[chart], chart);
        }

        await _window.Page.Locator("#checkpoint").PressAsync("End");
        await Assertions.Expect(_window.Page.Locator("#checkpoint-text")).ToContainTextAsync("epoch 6,875");
        (await Now()).Should().BeEquivalentTo(last);

        async Task<Dictionary<string, string>> Now()
        {
            var values = new Dictionary<string, string>();
            foreach ((string chart, string part) in moving)
            {
                values[chart] = (await _window.Trace(chart)).GetProperty(part).GetRawText();
            }

            return values;
        }
    }

    /// <summary>Every text is written down as it comes: whoever looks from outside looks too seldom to see each.</summary>
    [Test]
    public async Task It_plays_from_the_first_checkpoint_to_the_last()
    {
        await _window.Page.EvaluateAsync("""
            () => {
              const text = document.getElementById('checkpoint-text');
              window.shown = [];
              new MutationObserver(() => window.shown.push(text.textContent)).observe(text, { childList: true, characterData: true, subtree: true });
            }
            """);

        await _window.Page.Locator("#play").ClickAsync();
        string[] epochs = [.. Reports.SmallRun.CheckpointEpochs.Select(epoch => string.Create(CultureInfo.InvariantCulture, $"epoch {epoch:N0}, "))];
        await _window.Page.WaitForFunctionAsync(
            "([first, last]) => window.shown.some(text => text.startsWith(first)) && window.shown.at(-1).startsWith(last) && document.getElementById('play').textContent === 'Play'", new[] { epochs[0], epochs[^1] });

        string[] shown = await _window.Page.EvaluateAsync<string[]>("() => window.shown");
        shown.SkipWhile(text => !text.StartsWith(epochs[0], StringComparison.Ordinal)).Select(text => epochs.Single(epoch => text.StartsWith(epoch, StringComparison.Ordinal))).Distinct().Should().Equal(epochs);
    }

    [Test]
    public async Task Every_open_question_has_its_picture_and_its_answer()
    {
        foreach (QuestionClaim question in QuestionSection.Answered)
        {
            string answer = question.Answer(TrialTable.Read(question, await File.ReadAllTextAsync(Path.Combine(Reports.Repository, "golden", "questions", $"{question.Id}.csv"))));

            await Assertions.Expect(_window.Page.Locator($"#questions #{question.Id}")).ToContainTextAsync(answer);
            (await _window.Trace(question.Id)).GetProperty("y").GetArrayLength().Should().BeGreaterThan(1, question.Id);
        }
    }

    [Test]
    public async Task The_data_of_the_losses_are_those_of_the_run()
    {

        IReadOnlyList<string[]> rows = await _window.Csv("losses");

        IReadOnlyList<MetricsRow> logged = Reports.SmallRun.Rows;
        static double Shown(double value) => double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        rows.Where(row => row[0] == "test loss").Select(row => (long.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[2], CultureInfo.InvariantCulture)))
            .Should().Equal(logged.Select(row => (row.Epoch, Shown(row.TestLoss))));
    }

    [Test]
    public async Task The_data_of_a_heat_map_are_those_of_the_checkpoint_that_it_shows()
    {
        await _window.Page.Locator("#checkpoint").PressAsync("Home");
        await Assertions.Expect(_window.Page.Locator("#checkpoint-text")).ToContainTextAsync("epoch 250");

        IReadOnlyList<string[]> rows = await _window.Csv("attention-0");

        Fourier.NetworkSpectra network = new(Reports.SmallRun.ReadCheckpoint(250).Weights, Reports.SmallRun.Config.CreateTask());
        rows.Should().HaveCount(31 * 31).And.OnlyContain(row => row[4] == "epoch 250, memorization");
        double[] attention = [.. Enumerable.Range(0, 31 * 31).Select(pair => network.Activations.AttentionPattern[pair, 0])];

        // Half of one of 89 steps of the range, and the rounding of four digits.
        double allowed = ((attention.Max() - attention.Min()) / 89 / 2) + 5e-5;
        foreach (string[] row in rows)
        {
            int pair = (int.Parse(row[2], CultureInfo.InvariantCulture) * 31) + int.Parse(row[1], CultureInfo.InvariantCulture);
            double.Parse(row[3], CultureInfo.InvariantCulture).Should().BeApproximately(attention[pair], allowed, "a is {0}, b is {1}", row[2], row[1]);
        }
    }

    [Test]
    public async Task An_axis_is_linear_or_logarithmic_as_the_reader_likes()
    {
        await _window.Trace("losses");
        (await Axis()).Should().Be("log");

        await _window.Page.Locator("#losses input[data-axis=y]").UncheckAsync();

        (await Axis()).Should().Be("linear");

        Task<string> Axis() => _window.Page.EvaluateAsync<string>("() => document.querySelector('#losses .chart').layout.yaxis.type");
    }

    [Test]
    public async Task Every_claim_of_the_catalogue_is_in_the_table_and_the_filter_leaves_those_that_are_asked_for()
    {
        ILocator shown = _window.Page.Locator("#claim-table > tbody:visible");
        (await shown.CountAsync()).Should().Be(ClaimCatalog.All.Count);

        await _window.Page.Locator("#filter").FillAsync("excluded loss rises");
        (await shown.CountAsync()).Should().Be(1);
        (await _window.Page.Locator("#shown").TextContentAsync()).Should().Be($"1 of {ClaimCatalog.All.Count} claims");

        await _window.Page.Locator("#filter").FillAsync("");
        await _window.Page.Locator("#verdict").SelectOptionAsync("does not hold");
        int failing = await shown.CountAsync();
        failing.Should().BeInRange(1, ClaimCatalog.OfOneRun.Count - 1, "the rules are for p = 113");
        (await _window.Page.Locator("#claim-table > tbody:visible .badge.does-not-hold").CountAsync()).Should().BeGreaterThanOrEqualTo(failing);
    }

    [Test]
    public async Task A_claim_opens_its_evidence_its_controls_and_its_command_by_the_keyboard()
    {
        var claim = ClaimCatalog.OfOneRun.Single(claim => claim.Id == "key-frequency-sparsity");
        ILocator evidence = _window.Page.Locator($"#evidence-{claim.Id}");
        (await evidence.IsVisibleAsync()).Should().BeFalse();

        await _window.Page.Locator($"#claim-{claim.Id} .opener").FocusAsync();
        await _window.Page.Keyboard.PressAsync("Enter");

        (await evidence.IsVisibleAsync()).Should().BeTrue();
        string said = (await evidence.TextContentAsync())!;
        said.Should().ContainAll(claim.Statistics.Select(statistic => statistic.Name)).And.ContainAll(claim.Statistics.Select(statistic => statistic.Rule));
        said.Should().ContainAll("the untrained network: refutes it", "dotnet run --project tools/GrokVerify.Cli -- train --p 31", "FullyQualifiedName~KeyFrequencySparsityTests");
        await _window.Page.Keyboard.PressAsync("Enter");
        (await evidence.IsVisibleAsync()).Should().BeFalse();
    }

    [Test]
    public async Task A_statistic_leads_to_its_distribution_over_seeds()
    {
        await _window.Page.Locator("#claim-key-frequency-sparsity .opener").ClickAsync();

        await _window.Page.Locator("#evidence-key-frequency-sparsity button[data-chart=seeds-key-frequency-sparsity-1]").ClickAsync();

        (await _window.Page.Locator("#chosen-title").TextContentAsync()).Should().Be("key-frequency-sparsity: spectral contrast");
        await _window.Page.WaitForFunctionAsync("() => document.querySelector('#chosen .chart').data?.length > 1");
        (await _window.Trace("chosen")).GetProperty("x").GetArrayLength().Should().BeGreaterThan(10);
        IReadOnlyList<string[]> rows = await _window.Csv("chosen");
        rows.Should().Contain(row => row[0] == "rule" && row[1] == "5").And.Contain(row => row[0] == "here");
        rows.Should().NotContain(row => row[0] == "published", "the published network has p = 113, this one 31");
    }
}
